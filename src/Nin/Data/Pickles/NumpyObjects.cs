using System.Text;

namespace Nin.Data.Pickles;

/// <summary>Gives a meaning to the few calls that a pickled array of bytes consists of.</summary>
/// <param name="fail">Makes the error for the instruction that is being carried out.</param>
/// <param name="mostBytes">That text may be encoded to in all: as many as the file has, so that one text encoded a thousand times fills no memory.</param>
internal sealed class NumpyObjects(Func<string, DataException> fail, long mostBytes)
{
    private const int LongestWord = 100;
    private const int MostDimensions = 8;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding StrictLatin1 = Encoding.GetEncoding("latin1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private long _bytesLeft = mostBytes;

    /// <summary>A name, if it is one of the four.</summary>
    public PickleName Name(string module, string name) => (module, name) switch
    {
        // numpy 2 moved the module and still writes the same arrays.
        ("numpy.core.multiarray" or "numpy._core.multiarray", "_reconstruct") => new(NumpyName.Reconstruct),
        ("numpy", "ndarray") => new(NumpyName.Array),
        ("numpy", "dtype") => new(NumpyName.ElementType),
        ("_codecs", "encode") => new(NumpyName.Encode),
        _ => throw fail($"it names {Printable($"{module}.{name}")}, expected nothing but numpy arrays; Python would run it"),
    };

    /// <summary>What a call gives.</summary>
    public PickleValue Call(NumpyName name, PickleValue[] arguments) => (name, arguments) switch
    {
        (NumpyName.Reconstruct, [PickleName { Name: NumpyName.Array }, PickleTuple, PickleBytes]) => new NumpyArray(),
        (NumpyName.ElementType, [var type, ..]) when Word(type) is var word => word == "u1" ? new NumpyElementType() : throw fail($"an array's elements are {Printable(word)}, expected u1"),
        (NumpyName.Encode, [PickleText text, var encoding]) when Word(encoding) is "latin1" => Encode(text),
        // Python 3 writes b"" as a call without arguments of bytes, which never occurs in these files.
        _ => throw fail($"{name} is called with {(arguments.Length == 0 ? "nothing" : string.Join(", ", arguments.Take(4).Select(argument => argument.Kind)))}"),
    };

    /// <summary>Gives an array its content.</summary>
    public void SetState(PickleValue target, PickleValue[] state)
    {
        switch (target, state)
        {
            case (NumpyElementType, [PickleNumber, var order, ..]):
                // Byte order: none for single bytes.
                if (Word(order) != "|") throw fail($"the byte order is {Printable(Word(order))}, expected |");
                break;
            case (NumpyArray array, [PickleNumber, PickleTuple shape, NumpyElementType, PickleNumber columnMajor, PickleBytes values]):
                (array.Shape, array.ColumnMajor, array.Values) = (Dimensions(shape, values.Value.Length), columnMajor.Value != 0, values.Value);
                break;
            default:
                throw fail($"{target.Kind} takes no such state");
        }
    }

    /// <summary>A short byte string or text as a word.</summary>
    public string Word(PickleValue value) => value switch
    {
        PickleBytes { Value: { Length: <= LongestWord } bytes } => Encoding.Latin1.GetString(bytes.Span),
        PickleText { Utf8: { Length: <= LongestWord } bytes } => Encoding.UTF8.GetString(bytes.Span),
        PickleBytes or PickleText => throw fail($"a word is longer than {LongestWord} bytes"),
        _ => throw fail($"{value.Kind} stands where a word is expected"),
    };

    private long[] Dimensions(PickleTuple shape, int count)
    {
        if (shape.Items.Length > MostDimensions) throw fail($"an array has {shape.Items.Length} dimensions, expected at most {MostDimensions}");
        var (dimensions, product) = (new long[shape.Items.Length], (Int128)1);
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (shape.Items[i] is not PickleNumber { Value: >= 0 and <= int.MaxValue and var dimension }) throw fail($"dimension {i + 1} of an array is no number from 0 to {int.MaxValue}");
            dimensions[i] = dimension;
            product = Int128.Min(product * dimension, long.MaxValue);
        }
        return product == count ? dimensions : throw fail($"an array of {string.Join(" x ", dimensions)} has {count} bytes");
    }

    private PickleBytes Encode(PickleText text)
    {
        _bytesLeft -= text.Utf8.Length;
        if (_bytesLeft < 0) throw fail("the same text is encoded again and again");
        try
        {
            return new(StrictLatin1.GetBytes(StrictUtf8.GetString(text.Utf8.Span)));
        }
        catch (Exception e) when (e is DecoderFallbackException or EncoderFallbackException)
        {
            throw fail($"text is no UTF-8 of bytes: {e.Message}");
        }
    }

    private static string Printable(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
