namespace Nin.Cli.Tests.Commands;

public sealed class ServeTests
{
    [Theory]
    [InlineData("--port", "70000", "65535")]
    [InlineData("--max-batch", "0", "1 to 1024")]
    [InlineData("--timeout", "5000000", "86400")]
    [InlineData("--max-body", "512", "128")]
    [InlineData("--max-images", "100000", "1024")]
    [InlineData("--drain", "4000", "0 to 3600")]
    public void Numbers_that_cannot_be_are_told_with_what_can(string flag, string typed, string expected)
    {
        var (exitCode, terminal) = CapturedTerminal.Run("serve", flag, typed);
        Assert.Equal(2, exitCode);
        Assert.StartsWith($"error: {flag} cannot be {typed}", terminal.Error);
        Assert.Contains(expected, terminal.ErrorLines[1]);
    }
}
