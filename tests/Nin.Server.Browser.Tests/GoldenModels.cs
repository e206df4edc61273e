using Nin.Golden;
using Nin.Imaging;
using Nin.Onnx;
using Nin.Weights;

namespace Nin.Server.Browser;

/// <summary>Models of known, meaningless weights, in a folder that goes away.</summary>
internal sealed class GoldenModels : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nin-test-");

    /// <summary>Writes one of the golden networks.</summary>
    public ModelFile Write(string name, ImageFit fit = ImageFit.Stretch)
    {
        var golden = GoldenLogits.Load().Nets.Single(net => net.Architecture.Name == name);
        var input = golden.Architecture.Input;
        var description = new ModelDescription
        {
            Architecture = golden.Architecture,
            NumClasses = golden.Architecture.Classes,
            LabelNames = [.. Enumerable.Range(0, golden.Architecture.Classes).Select(label => $"class {label}")],
            InputSize = input,
            Mean = [.. Enumerable.Repeat(0.0, input.Channels)],
            Std = [.. Enumerable.Repeat(1.0, input.Channels)],
            Dataset = "golden",
            Fit = fit,
        };
        var weights = golden.Tensors.ToDictionary(tensor => tensor.Name, tensor => TensorData.OfFloats(tensor.Fill(), [.. tensor.Shape.Select(side => (long)side)]));
        var file = new ModelFile(name, Path.Combine(_folder.FullName, $"{name}.onnx"));
        OnnxModel.Of(new(name, description, weights)).Write(file.Path);
        return file;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
