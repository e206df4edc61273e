using Nin.Cli.Explaining;

namespace Nin.Cli.Tests.Explaining;

public sealed class PictureNamesTests
{
    [Fact]
    public void Pictures_of_one_name_are_told_apart()
    {
        var names = new PictureNames();
        Assert.Equal(["1", "1-2", "2", "1-3"], new[] { "cat/1.png", "dog/1.png", "cat/2.png", "1.jpg" }.Select(names.For));
    }
}
