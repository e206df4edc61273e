using System.Text.Json;
using Nin.Architectures;
using Nin.Json;
using Nin.Weights;

namespace Nin.Tests.Weights;

public sealed class StoredModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_at_the_root_of_a_disk_have_no_folder_above()
    {
        var error = Assert.Throws<ModelException>(() => StoredModel.Read(Path.Combine(Path.GetPathRoot(_folder.Path)!, "no such model.safetensors")));
        Assert.Contains("config.json", error.Why);
    }

    [Theory]
    [InlineData("bilinear", true)]
    [InlineData("bicubic", false)]
    public void Images_are_resized_as_the_description_says_or_the_model_is_refused(string interpolation, bool reads)
    {
        var network = new Architecture { Name = "tiny", Input = new(1, 4, 4), Layers = [new Convolution(2, 1), new GlobalAveragePool()] };
        var description = new ModelDescription { Architecture = network, NumClasses = 2, LabelNames = ["cat", "dog"], InputSize = network.Input, Mean = [0], Std = [1], Interpolation = interpolation };
        File.WriteAllText(_folder["config.json"], JsonSerializer.Serialize(description, NinJson.Line));
        Safetensors.Write(_folder["model.safetensors"], [new("0.weight", TensorData.OfFloats([1, 2], 2, 1, 1, 1))], new Dictionary<string, string>());
        if (reads) Assert.Equal(interpolation, StoredModel.Read(_folder.Path).Description.Interpolation);
        else Assert.Contains("bicubic", Assert.Throws<ModelException>(() => StoredModel.Read(_folder.Path)).Message);
    }
}
