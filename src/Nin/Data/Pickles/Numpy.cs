namespace Nin.Data.Pickles;

/// <summary>The only things outside itself that a pickle can name. They are words to this reader; no code stands behind them.</summary>
internal enum NumpyName
{
    /// <summary>numpy.core.multiarray._reconstruct makes an array without content.</summary>
    Reconstruct,

    /// <summary>numpy.ndarray, the argument of the former.</summary>
    Array,

    /// <summary>numpy.dtype makes an element type.</summary>
    ElementType,

    /// <summary>_codecs.encode makes bytes of text: how Python 3 writes bytes in protocol 2.</summary>
    Encode,
}

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
