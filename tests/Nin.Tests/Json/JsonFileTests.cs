using Nin.Json;
using Nin.Weights;

namespace Nin.Tests.Json;

public sealed class JsonFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_not_there_holds_nothing() => Assert.Null(JsonFile.Read<ModelDescription>(_folder["config.json"]));

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"model_type":"bert"}""")]
    [InlineData("""{"architecture":{"layers":[{"width":3}]}}""")]
    public void A_damaged_or_foreign_file_is_named(string content)
    {
        File.WriteAllText(_folder["config.json"], content);
        Assert.Equal($"{_folder["config.json"]} cannot be read", Assert.Throws<ModelException>(() => JsonFile.Read<ModelDescription>(_folder["config.json"])).Message);
    }
}
