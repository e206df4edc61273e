using Nin.Files;

namespace Nin.Tests.Files;

public sealed class NinHomeTests
{
    [Fact]
    public void It_is_found_above_the_tests() => Assert.True(Directory.Exists(Path.Combine(NinHome.Find()!, "data", "fashion-mnist")));

    [Fact]
    public void The_nearest_folder_with_configs_and_data_counts()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["configs"]);
        Directory.CreateDirectory(folder["data", "sub", "data"]);
        Assert.Equal(folder.Path, NinHome.Above(folder["data", "sub"]));
    }

    [Fact]
    public void A_folder_with_sources_is_a_checkout()
    {
        using var folder = new TemporaryFolder();
        Assert.True(NinHome.IsCheckout(NinHome.Find()));
        Assert.False(NinHome.IsCheckout(folder.Path));
        Assert.False(NinHome.IsCheckout(null));
    }

    [Fact]
    public void Without_such_a_folder_there_is_none() => Assert.Null(NinHome.Above(Path.GetPathRoot(Path.GetTempPath())!));
}
