using Nin.Files;

namespace Nin.Tests.Files;

public sealed class FreeSpaceTests
{
    [Fact]
    public void A_disk_says_how_much_is_free() => Assert.InRange(FreeSpace.Of(Path.GetTempPath())!.Value, 1, long.MaxValue);

    [Fact]
    public void A_share_on_the_network_does_not() => Assert.Null(FreeSpace.Of("//no-such-server/share"));
}
