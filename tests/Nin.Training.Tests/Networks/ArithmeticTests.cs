using Nin.Recipes;
using Nin.Training.Networks;

namespace Nin.Training.Tests.Networks;

public sealed class ArithmeticTests
{
    [Fact]
    public void The_environment_can_turn_our_kernels_off()
    {
        var former = Environment.GetEnvironmentVariable("NIN_KERNELS");
        try
        {
            Environment.SetEnvironmentVariable("NIN_KERNELS", "plain");
            Assert.False(Arithmetic.Choose("cpu", Precision.Bf16).Fused);
            Environment.SetEnvironmentVariable("NIN_KERNELS", null);
            Assert.True(Arithmetic.Choose("cpu", Precision.Bf16).Fused);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NIN_KERNELS", former);
        }
    }
}
