using System.Text.Json;
using Nin.Json;
using Nin.Recipes;
using Nin.Runs;

namespace Nin.Cli.Tests.Commands;

public sealed class RunsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RunsTests()
    {
        var store = new RunStore(_folder.Path);
        File.WriteAllText(store.Create("train", "mine").Options, JsonSerializer.Serialize(new TrainingOptions(), NinJson.Indented));
        store.Create("edit", "mine");
        store.Create("import", "theirs");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_edited_or_imported_is_no_unfinished_training()
    {
        var (exitCode, terminal) = CapturedTerminal.Run("runs", "--out", _folder.Path);
        Assert.Equal(0, exitCode);
        Assert.Matches(@"(?m)^mine +train .* unfinished$", terminal.Out);
        Assert.Matches(@"(?m)^mine +edit .* -$", terminal.Out);
        Assert.Matches(@"(?m)^theirs +import .* -$", terminal.Out);
    }

    [Fact]
    public void Only_what_was_trained_is_compared_by_itself()
    {
        var (exitCode, terminal) = CapturedTerminal.Run("runs", "compare", "--out", _folder.Path);
        Assert.Equal(2, exitCode);
        Assert.Equal("error: 1 run is not enough to compare", terminal.ErrorLines[0]);
    }
}
