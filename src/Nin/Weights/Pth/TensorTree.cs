using System.Globalization;
using Nin.Pickles;

namespace Nin.Weights.Pth;

/// <summary>The tensors in nested dictionaries and lists, each under its path.</summary>
/// <param name="copyable">Bytes of tensors that may be put in order, in all.</param>
/// <param name="origin">What errors call the file.</param>
internal sealed class TensorTree(long copyable, string origin)
{
    // A pickle can contain the same dictionary many times over, or itself.
    private const int Deepest = 8;
    private const int MostValues = 1 << 18;
    private const int MostTensors = 1 << 14;

    private readonly OrderedDictionary<string, TensorData> _tensors = [];
    private long _copied;
    private int _values;

    /// <summary>All tensors below the root.</summary>
    /// <param name="root">A dictionary.</param>
    /// <param name="copyable">Bytes of tensors that may be put in order, in all: as many as the file has, so that one storage seen a thousand times fills no memory.</param>
    /// <param name="origin">What errors call the file.</param>
    /// <exception cref="ModelException">There are none, or they lie too deep.</exception>
    public static IReadOnlyDictionary<string, TensorData> Flatten(PickleValue root, long copyable, string origin)
    {
        if (root is not PickleDictionary) throw PthFile.Malformed(origin, $"it holds {root.Kind}, expected a state dict");
        var tree = new TensorTree(copyable, origin);
        tree.Add(root, "", 0);
        return tree._tensors.Count > 0 ? tree._tensors : throw PthFile.Malformed(origin, "it holds no tensor");
    }

    private void Add(PickleValue value, string path, int depth)
    {
        if (++_values > MostValues) throw PthFile.Malformed(origin, $"it holds more than {MostValues} values");
        if (depth > Deepest) throw PthFile.Malformed(origin, $"its containers are nested deeper than {Deepest}");
        switch (value)
        {
            case TorchTensor tensor: Add(tensor, path); break;
            case PickleDictionary dictionary:
                foreach (var (key, item) in dictionary.Items) Add(item, Join(path, key), depth + 1);
                break;
            case PickleList list: AddAll(list.Items, path, depth); break;
            case PickleTuple tuple: AddAll(tuple.Items, path, depth); break;
        }
    }

    private void AddAll(IReadOnlyList<PickleValue> items, string path, int depth)
    {
        for (var i = 0; i < items.Count; i++) Add(items[i], Join(path, i.ToString(CultureInfo.InvariantCulture)), depth + 1);
    }

    private void Add(TorchTensor tensor, string path)
    {
        if (!tensor.IsContiguous && (_copied += tensor.Length) > copyable) throw PthFile.Malformed(origin, $"its tensors take more bytes than the {copyable} of the file");
        if (_tensors.Count == MostTensors) throw PthFile.Malformed(origin, $"it holds more than {MostTensors} tensors");
        if (!_tensors.TryAdd(path, tensor.ToData())) throw PthFile.Malformed(origin, $"two tensors are called '{path}'");
    }

    private static string Join(string path, string key) => path.Length > 0 ? $"{path}.{key}" : key;
}
