using Nin.Cli.Predicting;

namespace Nin.Cli.Tests.Commands;

public sealed class EvalTests
{
    [Theory]
    [InlineData("eval")]
    [InlineData("eval", "mnist")]
    [InlineData("export")]
    [InlineData("edit", "--remove-class", "Bag")]
    public void An_ONNX_file_is_told_from_weights(string command, params string[] rest)
    {
        var (exitCode, terminal) = CapturedTerminal.Run([command, ShippedModel.Path(), .. rest]);
        Assert.Equal(4, exitCode);
        Assert.Equal("  fix: give the run's folder, or the model.safetensors in it", terminal.ErrorLines[2]);
    }
}
