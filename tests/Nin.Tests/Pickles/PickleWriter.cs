using System.Buffers.Binary;
using System.Text;

namespace Nin.Tests.Pickles;

/// <summary>Writes pickles of protocol 2 instruction by instruction, as Python 2, Python 3 and PyTorch do.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [0x80, 2];

    public byte[] Stop() => [.. _bytes, (byte)'.'];

    public PickleWriter Op(char opcode, params byte[] argument)
    {
        _bytes.Add((byte)opcode);
        _bytes.AddRange(argument);
        return this;
    }

    public PickleWriter Global(string module, string name) => Op('c', Encoding.Latin1.GetBytes($"{module}\n{name}\n"));

    public PickleWriter Int(int value) => value switch
    {
        >= 0 and < 256 => Op('K', (byte)value),
        >= 0 and < 65536 => Op('M', (byte)value, (byte)(value >> 8)),
        _ => Op('J', Word(value)),
    };

    public PickleWriter String(string text) => Op('U', [(byte)text.Length, .. Encoding.Latin1.GetBytes(text)]);

    public PickleWriter LongString(byte[] bytes) => Op('T', [.. Word(bytes.Length), .. bytes]);

    public PickleWriter Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return Op('X', [.. Word(utf8.Length), .. utf8]);
    }

    /// <summary>Bytes as Python 3 writes them in protocol 2.</summary>
    public PickleWriter Encoded(byte[] bytes) => Global("_codecs", "encode").Text(Encoding.Latin1.GetString(bytes)).Text("latin1").Op('\u0086').Op('R');

    public PickleWriter List(IEnumerable<int> values)
    {
        Op(']').Op('q', 9).Op('(');
        foreach (var value in values) Int(value);
        return Op('e');
    }

    public PickleWriter Array(int rows, int columns, byte[] values, bool python3 = false, bool columnMajor = false)
    {
        Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Int(0).Op('\u0085').String("b").Op('\u0087').Op('R');
        Op('(').Int(1).Int(rows).Int(columns).Op('\u0086');
        Global("numpy", "dtype").String("u1").Int(0).Int(1).Op('\u0087').Op('R');
        Op('(').Int(3).String("|").Op('N').Op('N').Op('N').Int(-1).Int(-1).Int(0).Op('t').Op('b');
        Op(columnMajor ? '\u0088' : '\u0089');
        return (python3 ? Encoded(values) : LongString(values)).Op('t').Op('b');
    }

    /// <summary>A tensor in a storage outside of the pickle.</summary>
    public PickleWriter Tensor(string key, int values, int offset, int[] size, int[] stride, string type = "FloatStorage")
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op('(');
        Storage(key, values, type).Int(offset).Tuple(size).Tuple(stride);
        return Op('\u0089').Global("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R');
    }

    public PickleWriter Storage(string key, int values, string type = "FloatStorage") =>
        Op('(').Text("storage").Global("torch", type).Text(key).Text("cpu").Int(values).Op('t').Op('Q');

    private PickleWriter Tuple(int[] values)
    {
        Op('(');
        foreach (var value in values) Int(value);
        return Op('t');
    }

    private static byte[] Word(int value)
    {
        var word = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(word, value);
        return word;
    }
}
