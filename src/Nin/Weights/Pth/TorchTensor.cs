using Nin.Pickles;

namespace Nin.Weights.Pth;

/// <summary>A view of a storage, within its bounds.</summary>
/// <param name="storage">Its values.</param>
/// <param name="offset">Of the first value, counted in values.</param>
/// <param name="size">The dimensions.</param>
/// <param name="stride">Between neighbours along each dimension, counted in values.</param>
internal sealed class TorchTensor(TorchStorage storage, long offset, long[] size, long[] stride) : PickleValue
{
    /// <summary>Whether its values lie in row-major order without a gap, so that none has to be copied.</summary>
    public bool IsContiguous { get; } = FollowRows(size, stride);

    /// <summary>In bytes.</summary>
    public long Length => size.Aggregate(1L, (product, dimension) => product * dimension) * TensorData.SizeOf(storage.Dtype);

    public override string Kind => "a tensor";

    /// <summary>The tensor in row-major order; a contiguous one shares the storage's memory.</summary>
    public TensorData ToData()
    {
        var width = TensorData.SizeOf(storage.Dtype);
        return new(storage.Dtype, [.. size], IsContiguous && Length > 0 ? storage.Bytes.Slice((int)offset * width, (int)Length) : Gather(width));
    }

    private static bool FollowRows(long[] size, long[] stride)
    {
        var expected = 1L;
        for (var i = size.Length - 1; i >= 0; i--)
        {
            if (size[i] != 1 && stride[i] != expected) return false;
            expected *= size[i];
        }
        return true;
    }

    private byte[] Gather(int width)
    {
        var source = storage.Bytes.Span;
        var (bytes, index, at) = (new byte[Length], new long[size.Length], offset);
        for (var filled = 0; filled < bytes.Length; filled += width)
        {
            source.Slice((int)at * width, width).CopyTo(bytes.AsSpan(filled));
            for (var i = size.Length - 1; i >= 0; i--)
            {
                at += stride[i];
                if (++index[i] < size[i]) break;
                at -= stride[i] * size[i];
                index[i] = 0;
            }
        }
        return bytes;
    }
}
