using Nin.Pickles;

namespace Nin.Weights.Pth;

/// <summary>Gives a meaning to the few calls that a pickled state dict consists of.</summary>
/// <param name="fail">Makes the error for the instruction that is being carried out.</param>
internal sealed class TorchObjects(Func<string, NinException> fail) : PickleObjects(fail)
{
    private const string OrderedDictionary = "collections.OrderedDict";
    private const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";
    private const int MostDimensions = 16;

    private readonly Dictionary<string, TorchStorage> _storages = [];

    /// <summary>What the pickle's tensors lie in.</summary>
    public IReadOnlyCollection<TorchStorage> Storages => _storages.Values;

    /// <summary>The storage of a key, or null.</summary>
    public TorchStorage? Storage(string key) => _storages.GetValueOrDefault(key);

    protected override string Expected => "tensors, numbers, text and containers";

    protected override bool Knows(string name) => name is OrderedDictionary or RebuildTensor or RebuildParameter || DtypeOf(name) is not null;

    public override PickleValue Call(string name, PickleValue[] arguments) => (name, arguments) switch
    {
        (OrderedDictionary, []) => new PickleDictionary(),
        (RebuildTensor, [TorchStorage storage, PickleNumber { Value: var offset }, PickleTuple size, PickleTuple stride, ..]) => Tensor(storage, offset, Numbers(size), Numbers(stride)),
        (RebuildParameter, [TorchTensor tensor, ..]) => tensor,
        _ => throw WrongCall(name, arguments),
    };

    /// <summary>A state dict carries the versions of its modules as an attribute, which nothing here needs.</summary>
    public override void SetState(PickleValue target, PickleValue state)
    {
        if (target is not PickleDictionary || state is not PickleDictionary) throw Fail($"{target.Kind} takes no such state");
    }

    /// <summary>("storage", type, key, device, count), in older files with one more that is None.</summary>
    public override PickleValue Persistent(PickleValue[] id)
    {
        if (id is not [var kind, PickleName type, var named, _, PickleNumber { Value: var count }, ..] || Word(kind) != "storage" || id.ElementAtOrDefault(5) is not (null or PickleNone))
            throw Fail("it refers to something that is no storage of a tensor");
        var dtype = DtypeOf(type.Name) ?? throw Fail($"a storage is of {type.Name}");
        if (count is < 0 or > int.MaxValue) throw Fail($"a storage has {count} values, expected 0 to {int.MaxValue}");
        var key = Word(named);
        if (!_storages.TryGetValue(key, out var storage)) _storages.Add(key, storage = new(key, dtype, count));
        return storage.Dtype == dtype && storage.Count == count ? storage : throw Fail($"storage {Printable(key)} has {storage.Count} values of {storage.Dtype} and {count} of {dtype}");
    }

    private TorchTensor Tensor(TorchStorage storage, long offset, long[] size, long[] stride)
    {
        if (size.Length != stride.Length) throw Fail($"a tensor has {size.Length} dimensions and {stride.Length} strides");
        var (values, last) = ((Int128)1, (Int128)offset);
        for (var i = 0; i < size.Length; i++)
        {
            values = Int128.Min(values * size[i], long.MaxValue);
            last += (Int128)(size[i] - 1) * stride[i];
        }
        if (values > 0 && (offset < 0 || last >= storage.Count)) throw Fail($"a tensor reaches from value {offset} to {last} of a storage of {storage.Count}");
        // Strides of zero repeat values: a file of a few bytes could ask for any amount of memory.
        return values <= storage.Count ? new(storage, offset, size, stride) : throw Fail($"a tensor has {values} values, more than the {storage.Count} of its storage");
    }

    private long[] Numbers(PickleTuple tuple)
    {
        if (tuple.Items.Length > MostDimensions) throw Fail($"a tensor has {tuple.Items.Length} dimensions, expected at most {MostDimensions}");
        return [.. tuple.Items.Select(item => item is PickleNumber { Value: >= 0 and <= int.MaxValue and var number } ? number : throw Fail($"a size or a stride is no number from 0 to {int.MaxValue}"))];
    }

    private static string? DtypeOf(string name) => name switch
    {
        "torch.FloatStorage" => "F32",
        "torch.DoubleStorage" => "F64",
        "torch.HalfStorage" => "F16",
        "torch.BFloat16Storage" => "BF16",
        "torch.LongStorage" => "I64",
        "torch.IntStorage" => "I32",
        "torch.ByteStorage" => "U8",
        "torch.BoolStorage" => "BOOL",
        _ => null,
    };
}
