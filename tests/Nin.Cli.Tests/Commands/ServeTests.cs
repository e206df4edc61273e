namespace Nin.Cli.Tests.Commands;

public sealed class ServeTests
{
    [Theory]
    [InlineData("--port", "70000", "65535")]
    [InlineData("--max-batch", "0", "1 to 1024")]
    [InlineData("--timeout", "5000000", "86400")]
    [InlineData("--max-body", "512", "128")]
    [InlineData("--max-images", "100000", "1024")]
    [InlineData("--max-memory", "0", "1 to 1048576")]
    [InlineData("--max-connections", "0", "1 to 1000000")]
    [InlineData("--drain", "4000", "0 to 3600")]
    public void Numbers_that_cannot_be_are_told_with_what_can(string flag, string typed, string expected)
    {
        var (exitCode, terminal) = CapturedTerminal.Run("serve", flag, typed);
        Assert.Equal(2, exitCode);
        Assert.StartsWith($"error: {flag} cannot be {typed}", terminal.Error);
        Assert.Contains(expected, terminal.ErrorLines[1]);
    }

    [Fact]
    public void A_largest_request_that_would_never_find_room_is_refused()
    {
        var (exitCode, terminal) = CapturedTerminal.Run("serve", "--max-body", "128", "--max-memory", "128");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("error: --max-memory cannot be 128 where --max-body is 128", terminal.Error);
        Assert.EndsWith("--max-memory 512", terminal.ErrorLines[2]);
    }

    [Fact]
    public void A_name_that_no_address_can_hold_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["model.onnx"], "");
        var (exitCode, terminal) = CapturedTerminal.Run("serve", $"mine/bags={folder["model.onnx"]}");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("error: a model cannot be called mine/bags", terminal.Error);
    }

    [Theory]
    [InlineData("lr0.05", "lr0.1", "rate=lr0.05", "rate=lr0.1", "rate")]
    [InlineData("lr0.05", "lr0.1", "lr0.05", "lr0.05", "lr0.05")]
    [InlineData("lr=0.05", "lr=0.1", "lr=0.05", "lr=0.05", "lr=0.05")]
    [InlineData("lr0.05", "lr0.1", "lr0.1/model.onnx", "lr0.05/model.onnx", "model")]
    public void A_model_is_called_as_given_or_as_its_run_or_its_file(string run, string other, string word, string another, string name)
    {
        using var folder = new TemporaryFolder();
        foreach (var each in new[] { run, other })
        {
            Directory.CreateDirectory(folder[each]);
            File.WriteAllText(folder[each, "model.onnx"], "");
        }
        var (exitCode, terminal) = CapturedTerminal.Run("serve", At(word), At(another));
        Assert.Equal(2, exitCode);
        Assert.Equal($"error: two models are called {name}", terminal.ErrorLines[0]);

        string At(string typed) => typed.StartsWith("rate=", StringComparison.Ordinal) ? $"rate={folder[typed[5..]]}" : folder[typed];
    }
}
