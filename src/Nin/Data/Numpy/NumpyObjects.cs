using System.Text;
using Nin.Pickles;

namespace Nin.Data.Numpy;

/// <summary>Gives a meaning to the few calls that a pickled array of bytes consists of.</summary>
/// <param name="fail">Makes the error for the instruction that is being carried out.</param>
/// <param name="mostBytes">That text may be encoded to in all: as many as the file has, so that one text encoded a thousand times fills no memory.</param>
internal sealed class NumpyObjects(Func<string, NinException> fail, long mostBytes) : PickleObjects(fail)
{
    // numpy 2 moved its module and still writes the same arrays.
    private const string Reconstruct = "numpy.core.multiarray._reconstruct";
    private const string ReconstructOf2 = "numpy._core.multiarray._reconstruct";
    private const string Array = "numpy.ndarray";
    private const string ElementType = "numpy.dtype";

    /// <summary>How Python 3 writes bytes in protocol 2.</summary>
    private const string Encode = "_codecs.encode";

    private const int MostDimensions = 8;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding StrictLatin1 = Encoding.GetEncoding("latin1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private long _bytesLeft = mostBytes;

    protected override string Expected => "numpy arrays";

    protected override bool Knows(string name) => name is Reconstruct or ReconstructOf2 or Array or ElementType or Encode;

    public override PickleValue Call(string name, PickleValue[] arguments) => (name, arguments) switch
    {
        (Reconstruct or ReconstructOf2, [PickleName { Name: Array }, PickleTuple, PickleBytes]) => new NumpyArray(),
        (ElementType, [var type, ..]) when Word(type) is var word => word == "u1" ? new NumpyElementType() : throw Fail($"an array's elements are {Printable(word)}, expected u1"),
        (Encode, [PickleText text, var encoding]) when Word(encoding) is "latin1" => Latin1(text),
        // Python 3 writes b"" as a call without arguments of bytes, which never occurs in these files.
        _ => throw WrongCall(name, arguments),
    };

    public override void SetState(PickleValue target, PickleValue state)
    {
        switch (target, (state as PickleTuple)?.Items)
        {
            case (NumpyElementType, [PickleNumber, var order, ..]):
                // Byte order: none for single bytes.
                if (Word(order) != "|") throw Fail($"the byte order is {Printable(Word(order))}, expected |");
                break;
            case (NumpyArray array, [PickleNumber, PickleTuple shape, NumpyElementType, PickleNumber columnMajor, PickleBytes values]):
                (array.Shape, array.ColumnMajor, array.Values) = (Dimensions(shape, values.Value.Length), columnMajor.Value != 0, values.Value);
                break;
            default:
                throw Fail($"{target.Kind} takes no such state");
        }
    }

    private long[] Dimensions(PickleTuple shape, int count)
    {
        if (shape.Items.Length > MostDimensions) throw Fail($"an array has {shape.Items.Length} dimensions, expected at most {MostDimensions}");
        var (dimensions, product) = (new long[shape.Items.Length], (Int128)1);
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (shape.Items[i] is not PickleNumber { Value: >= 0 and <= int.MaxValue and var dimension }) throw Fail($"dimension {i + 1} of an array is no number from 0 to {int.MaxValue}");
            dimensions[i] = dimension;
            product = Int128.Min(product * dimension, long.MaxValue);
        }
        return product == count ? dimensions : throw Fail($"an array of {string.Join(" x ", dimensions)} has {count} bytes");
    }

    private PickleBytes Latin1(PickleText text)
    {
        _bytesLeft -= text.Utf8.Length;
        if (_bytesLeft < 0) throw Fail("the same text is encoded again and again");
        try
        {
            return new(StrictLatin1.GetBytes(StrictUtf8.GetString(text.Utf8.Span)));
        }
        catch (Exception e) when (e is DecoderFallbackException or EncoderFallbackException)
        {
            throw Fail($"text is no UTF-8 of bytes: {e.Message}");
        }
    }
}
