using Nin.Architectures;
using Nin.Weights.Caffe;
using Nin.Weights.Pth;

namespace Nin.Weights;

/// <summary>Weights that other programs saved: PyTorch's <c>.pth</c>, safetensors, Caffe's <c>.caffemodel</c>.</summary>
public sealed class ForeignWeights
{
    private readonly string _path;
    private readonly IReadOnlyList<KeyValuePair<string, TensorData>> _tensors;
    private readonly bool _namesAreTheirOwn;

    /// <summary>Weights that were read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">In the order of the file, by the names there.</param>
    /// <param name="namesAreTheirOwn">The names say nothing of the network's, so that the order counts.</param>
    public ForeignWeights(string path, IEnumerable<KeyValuePair<string, TensorData>> tensors, bool namesAreTheirOwn = false) =>
        (_path, _tensors, _namesAreTheirOwn) = (path, [.. tensors], namesAreTheirOwn);

    /// <summary>Reads a file; its ending says of which kind it is.</summary>
    /// <exception cref="ModelException">It is missing, malformed, or holds anything but tensors.</exception>
    public static ForeignWeights Read(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".safetensors" => new(path, Safetensors.Read(path).Tensors),
        ".pth" or ".pt" or ".bin" or ".tar" => new(path, PthFile.Read(path)),
        ".caffemodel" => new(path, CaffeModel.Read(path), namesAreTheirOwn: true),
        _ => throw new ModelException($"{path} is of no known kind", "weights come as .safetensors, .pth or .caffemodel", "save it as one of them"),
    };

    /// <summary>A network of the catalogue with as many channels and classes as the file has weights for.</summary>
    /// <param name="entry">The network.</param>
    /// <param name="side">Height and width of its images; null: as published.</param>
    /// <exception cref="ModelException">Its first or last weights are not in the file, or several networks' weights are there.</exception>
    public Architecture Fit(CatalogueEntry entry, int? side)
    {
        var published = entry.Build();
        var names = Weights(published);
        var tensors = Named(published.Plan());
        if (!tensors.TryGetValue(names[0], out var first) || !tensors.TryGetValue(names[^1], out var last) || first.Shape.Length < 2 || last.Shape.Length < 2)
        {
            StateDict.Check(published.Plan(), tensors, _path);
            throw new ModelException($"{_path} does not fit the network {entry.Name}", "its first or its last layer has no weights", "name another network with --net");
        }
        var input = new Shape((int)first.Shape[1], side ?? entry.Input.Height, side ?? entry.Input.Width);
        return entry.Build(input, (int)last.Shape[0]);
    }

    /// <summary>
    /// The tensors under the names that the network has for them: without what wrappers put before them, such as <c>module.</c>, <c>net.</c>, <c>model.</c> or
    /// <c>state_dict.</c>; those of Caffe, which names layers otherwise, by their order.
    /// </summary>
    /// <exception cref="ModelException">Tensors are missing, unexpected or misshapen; all kinds are listed. Or several networks' weights are there.</exception>
    public IReadOnlyDictionary<string, TensorData> For(Architecture architecture)
    {
        var plan = architecture.Plan();
        var named = Named(plan);
        StateDict.Check(plan, named, _path);
        return StateDict.Of(plan).ToDictionary(entry => entry.Name, entry => TensorData.OfFloats(named[entry.Name].ToFloats(), [.. entry.Shape]));
    }

    private static string[] Weights(Architecture architecture) =>
        [.. StateDict.Of(architecture.Plan()).Where(entry => entry.Name.EndsWith(".weight", StringComparison.Ordinal) && entry.Shape.Length > 1).Select(entry => entry.Name)];

    private Dictionary<string, TensorData> Named(Plan plan)
    {
        if (!_namesAreTheirOwn) return Unprefixed(Prefix(plan));
        var names = StateDict.Of(plan).Select(entry => entry.Name).ToList();
        return Unique(_tensors.Select((tensor, i) => KeyValuePair.Create(i < names.Count ? names[i] : tensor.Key, tensor.Value)));
    }

    /// <summary>What stands before the most of the network's names.</summary>
    private string Prefix(Plan plan)
    {
        var expected = StateDict.Of(plan).Select(entry => entry.Name).ToHashSet();
        var prefixes = _tensors.Select(tensor => tensor.Key)
            .SelectMany(key => expected.Where(name => key.EndsWith(name, StringComparison.Ordinal)).Select(name => key[..^name.Length]))
            .Where(prefix => prefix.Length == 0 || prefix.EndsWith('.'))
            .CountBy(prefix => prefix).OrderByDescending(pair => pair.Value).ToList();
        if (prefixes is [var first, var second, ..] && first.Value == second.Value && first.Value == expected.Count)
            throw SeveralNetworks($"tensors '{first.Key}*' and '{second.Key}*' fit alike");
        return prefixes.FirstOrDefault().Key ?? "";
    }

    /// <summary>What does not stand behind the prefix is no weight: an optimizer's state, a loss's.</summary>
    private Dictionary<string, TensorData> Unprefixed(string prefix) => Unique(_tensors
        .Where(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(tensor => KeyValuePair.Create(tensor.Key[prefix.Length..], tensor.Value)));

    private Dictionary<string, TensorData> Unique(IEnumerable<KeyValuePair<string, TensorData>> tensors)
    {
        var unique = new Dictionary<string, TensorData>();
        foreach (var (name, tensor) in tensors)
        {
            if (!unique.TryAdd(name, tensor)) throw SeveralNetworks($"two of its tensors come to be called {name}");
        }
        return unique;
    }

    private ModelException SeveralNetworks(string why) => new($"{_path} holds more than one network's weights", why, "save the weights of one network alone");
}
