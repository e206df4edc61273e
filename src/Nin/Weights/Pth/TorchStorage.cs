using Nin.Pickles;

namespace Nin.Weights.Pth;

/// <summary>Values that tensors lie in; its bytes stand outside of the pickle.</summary>
/// <param name="key">Where.</param>
/// <param name="dtype">As <see cref="TensorData"/> spells it.</param>
/// <param name="count">Of values.</param>
internal sealed class TorchStorage(string key, string dtype, long count) : PickleValue
{
    private ReadOnlyMemory<byte>? _bytes;

    public string Key => key;

    public string Dtype => dtype;

    public long Count => count;

    /// <summary>In bytes.</summary>
    public long Length => count * TensorData.SizeOf(dtype);

    public bool IsMissing => _bytes is null;

    /// <summary>Little-endian; set once the pickle has been read.</summary>
    public ReadOnlyMemory<byte> Bytes
    {
        get => _bytes ?? throw new InvalidOperationException($"storage {key} was not read");
        set => _bytes = value;
    }

    public override string Kind => "a storage";
}
