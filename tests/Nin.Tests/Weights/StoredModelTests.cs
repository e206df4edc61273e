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
        Write(Tiny with { Interpolation = interpolation });
        if (reads) Assert.Equal(interpolation, StoredModel.Read(_folder.Path).Description.Interpolation);
        else Assert.Contains("bicubic", Assert.Throws<ModelException>(() => StoredModel.Read(_folder.Path)).Message);
    }

    [Fact]
    public void A_description_that_contradicts_itself_is_refused()
    {
        Refused("input_size", Tiny with { InputSize = new(1, 5, 4) });
        Refused("data_size", Tiny with { DataSize = new(3, 4, 4) });
        Refused("data_size", Tiny with { DataSize = new(1, 0, 4) });
        Refused("num_classes", Tiny with { NumClasses = 3 });
        Refused("label_names", Tiny with { LabelNames = ["cat"] });
        Refused("mean", Tiny with { Mean = [0, 0] });
        Refused("std", Tiny with { Std = [] });

        void Refused(string why, ModelDescription description)
        {
            Write(description);
            var error = Assert.Throws<ModelException>(() => StoredModel.Read(_folder.Path));
            Assert.EndsWith("contradicts itself", error.Message);
            Assert.Contains(why, error.Why);
        }
    }

    private static ModelDescription Tiny { get; } = new()
    {
        Architecture = new() { Name = "tiny", Input = new(1, 4, 4), Layers = [new Convolution(2, 1), new GlobalAveragePool()] },
        NumClasses = 2,
        LabelNames = ["cat", "dog"],
        InputSize = new(1, 4, 4),
        Mean = [0],
        Std = [1],
    };

    private void Write(ModelDescription description)
    {
        JsonFile.Write(_folder["config.json"], description);
        Safetensors.Write(_folder["model.safetensors"], [new("0.weight", TensorData.OfFloats([1, 2], 2, 1, 1, 1))], new Dictionary<string, string>());
    }
}
