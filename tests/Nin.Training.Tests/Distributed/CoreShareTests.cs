using Nin.Training.Distributed;

namespace Nin.Training.Tests.Distributed;

public sealed class CoreShareTests
{
    [Theory]
    [InlineData("0;1", 1, 1, 1)] // each bound to a core of its own
    [InlineData("0-15;0-15;16-31;16-31", 16, 2, 8)] // two to a socket
    [InlineData("0-1;0-1;0-1;0-1", 2, 3, 1)] // four ranks on two cores
    [InlineData("0-7", 8, 0, 8)]
    public void Ranks_that_may_use_the_same_cores_divide_them(string allowed, int cores, int rank, int threads) =>
        Assert.Equal(threads, CoreShare.Of(cores, allowed.Split(';'), rank));
}
