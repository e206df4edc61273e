using Nin.Architectures;
using Nin.Weights.Pth;

namespace Nin.Weights;

/// <summary>Weights that other programs saved: PyTorch's <c>.pth</c> and safetensors.</summary>
/// <param name="path">The file.</param>
/// <param name="tensors">By the names in the file, where it has such names.</param>
public sealed class ForeignWeights(string path, IReadOnlyDictionary<string, TensorData> tensors)
{
    private static readonly string[] _bookkeeping = ["optimizer.", "scheduler.", "lr_scheduler."];

    /// <summary>Reads a file; its ending says of which kind it is.</summary>
    /// <exception cref="ModelException">It is missing, malformed, or holds anything but tensors.</exception>
    public static ForeignWeights Read(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".safetensors" => new(path, Safetensors.Read(path).Tensors),
        ".pth" or ".pt" or ".bin" or ".tar" => new(path, PthFile.Read(path)),
        _ => throw new ModelException($"{path} is of no known kind", "weights come as .safetensors or as .pth", "save it as one of them"),
    };

    /// <summary>A network of the catalogue with as many channels and classes as the file has weights for.</summary>
    /// <param name="entry">The network.</param>
    /// <param name="side">Height and width of its images; null: as published.</param>
    /// <exception cref="ModelException">Its first or last weights are not in the file.</exception>
    public Architecture Fit(CatalogueEntry entry, int? side)
    {
        var published = entry.Build();
        var names = Weights(published);
        var prefix = Prefix(published.Plan());
        if (!tensors.TryGetValue(prefix + names[0], out var first) || !tensors.TryGetValue(prefix + names[^1], out var last) || first.Shape.Length < 2)
        {
            StateDict.Check(published.Plan(), Unprefixed(prefix), path);
            throw new ModelException($"{path} does not fit the network {entry.Name}", "its first layer has no weights of a convolution", "name another network with --net");
        }
        var input = new Shape((int)first.Shape[1], side ?? entry.Input.Height, side ?? entry.Input.Width);
        return entry.Build(input, (int)last.Shape[0]);
    }

    /// <summary>The tensors under the names that the network has for them: without what wrappers put before them, such as <c>module.</c>, <c>net.</c>, <c>model.</c> or <c>state_dict.</c></summary>
    /// <exception cref="ModelException">Tensors are missing, unexpected or misshapen; all kinds are listed.</exception>
    public IReadOnlyDictionary<string, TensorData> For(Architecture architecture)
    {
        var plan = architecture.Plan();
        var named = Unprefixed(Prefix(plan));
        StateDict.Check(plan, named, path);
        return StateDict.Of(plan).ToDictionary(entry => entry.Name, entry => TensorData.OfFloats(named[entry.Name].ToFloats(), [.. entry.Shape]));
    }

    private static string[] Weights(Architecture architecture) =>
        [.. StateDict.Of(architecture.Plan()).Where(entry => entry.Name.EndsWith(".weight", StringComparison.Ordinal) && entry.Shape.Length > 1).Select(entry => entry.Name)];

    /// <summary>What stands before the most of the network's names.</summary>
    private string Prefix(Plan plan)
    {
        var expected = StateDict.Of(plan).Select(entry => entry.Name).ToHashSet();
        return tensors.Keys
            .SelectMany(key => expected.Where(name => key.Length >= name.Length && key.EndsWith(name, StringComparison.Ordinal)).Select(name => key[..^name.Length]))
            .Where(prefix => prefix.Length == 0 || prefix.EndsWith('.'))
            .CountBy(prefix => prefix).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Length).Select(pair => pair.Key).FirstOrDefault() ?? "";
    }

    private Dictionary<string, TensorData> Unprefixed(string prefix) => tensors
        .Where(tensor => !_bookkeeping.Any(word => tensor.Key.StartsWith(word, StringComparison.Ordinal)))
        .ToDictionary(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal) ? tensor.Key[prefix.Length..] : tensor.Key, tensor => tensor.Value);
}
