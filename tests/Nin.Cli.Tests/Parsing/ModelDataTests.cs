using System.Text.Json;
using Nin.Cli.Parsing;
using Nin.Json;
using Nin.Recipes;
using Nin.Runs;

namespace Nin.Cli.Tests.Parsing;

public sealed class ModelDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, true)]
    [InlineData("photos", true)]
    [InlineData("photos/", true)]
    [InlineData("new-photos", false)]
    public void A_folder_that_was_trained_on_is_known_again(string? named, bool isOwn)
    {
        File.WriteAllText(new RunDirectory(_folder.Path).Options, JsonSerializer.Serialize(new TrainingOptions { Data = _folder["photos"] }, NinJson.Indented));
        Assert.Equal(isOwn, ModelData.IsOwn(_folder.Path, named is null ? null : _folder[named]));
    }

    [Fact]
    public void A_word_names_a_file_or_the_folder_of_a_run()
    {
        File.WriteAllText(_folder["model.safetensors"], "");
        Assert.Equal(_folder["model.safetensors"], ModelData.Find(_folder["model.safetensors"]));
        Assert.Equal(_folder.Path, ModelData.Find(_folder.Path));
        Assert.Throws<UsageException>(() => ModelData.Find(_folder["nothing"]));
    }
}
