using Nin.Files;

namespace Nin.Tests.Files;

public sealed class LineFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_are_added_below_one_header()
    {
        LineFile.Append(_folder["log"], "one\n", "header\n");
        LineFile.Append(_folder["log"], "two\nthree\n", "header\n");
        Assert.Equal("header\none\ntwo\nthree\n", File.ReadAllText(_folder["log"]));
    }

    [Theory]
    [InlineData("one\nha", "one\ntwo\n")]
    [InlineData("ha", "header\ntwo\n")]
    [InlineData("", "header\ntwo\n")]
    public void A_line_that_was_left_half_written_is_replaced(string before, string after)
    {
        File.WriteAllText(_folder["log"], before);
        LineFile.Append(_folder["log"], "two\n", "header\n");
        Assert.Equal(after, File.ReadAllText(_folder["log"]));
    }

    [Fact]
    public void A_folder_that_is_gone_is_an_output_error() => Assert.Throws<OutputException>(() => LineFile.Append(_folder["gone", "log"], "one\n"));
}
