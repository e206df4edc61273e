using System.Text.Json;

namespace Nin.Cli.Tests.Commands;

public sealed class JsonTests
{
    [Theory]
    [InlineData("data")]
    [InlineData("data list")]
    [InlineData("summary")]
    [InlineData("summary nin-cifar10")]
    public void Json_is_one_document_with_its_schema_version(string line)
    {
        var (exitCode, terminal) = CapturedTerminal.Run([.. line.Split(' '), "--json"]);
        Assert.Equal(0, exitCode);
        Assert.Equal(1, JsonDocument.Parse(terminal.Out).RootElement.GetProperty("schema_version").GetInt32());
        Assert.Empty(terminal.Error);
    }
}
