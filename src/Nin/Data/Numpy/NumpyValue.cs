using Nin.Pickles;

namespace Nin.Data.Numpy;

/// <summary>numpy's element type, always uint8.</summary>
internal sealed class NumpyElementType : PickleValue
{
    public override string Kind => "an element type";
}

/// <summary>An array of bytes; empty until its state was given.</summary>
internal sealed class NumpyArray : PickleValue
{
    /// <summary>Its dimensions; their product is the number of <see cref="Values"/>.</summary>
    public long[] Shape { get; set; } = [0];

    /// <summary>Whether the first index runs fastest.</summary>
    public bool ColumnMajor { get; set; }

    public ReadOnlyMemory<byte> Values { get; set; }

    public override string Kind => "an array";
}
