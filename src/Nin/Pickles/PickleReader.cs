using System.Globalization;
using Nin.Files;

namespace Nin.Pickles;

/// <summary>
/// Reads pickles of protocol 2 that consist of dictionaries, lists, tuples, byte strings, numbers and the few objects that a kind of file is made
/// of. A pickle is a program; this reader carries out a closed list of its instructions, none of which can name or run anything else.
/// </summary>
internal sealed class PickleReader
{
    private const int LongestName = 100;
    private const int MostInstructions = 1 << 22;

    private readonly ByteCursor _bytes;
    private readonly PickleStack _stack;
    private readonly PickleObjects _objects;
    private int _instruction;

    private PickleReader(ByteCursor bytes, Func<Func<string, NinException>, PickleObjects> objects)
    {
        _bytes = bytes;
        _stack = new(Fail);
        _objects = objects(Fail);
    }

    /// <summary>The value that a pickle stands for. The cursor is left behind it.</summary>
    /// <param name="bytes">At the beginning of the pickle.</param>
    /// <param name="objects">Gives a meaning to what it names, given what makes errors.</param>
    /// <exception cref="NinException">It is damaged, or holds anything else.</exception>
    public static PickleValue Read(ByteCursor bytes, Func<Func<string, NinException>, PickleObjects> objects)
    {
        var reader = new PickleReader(bytes, objects);
        for (var count = 0; count < MostInstructions; count++)
        {
            reader._instruction = bytes.Position;
            var opcode = (PickleOpcode)bytes.ReadByte("an instruction");
            if (opcode == PickleOpcode.Stop) return reader._stack.Pop<PickleValue>();
            reader.Run(opcode);
        }
        throw reader.Fail($"it has more than {MostInstructions} instructions");
    }

    private void Run(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Protocol: CheckProtocol(_bytes.ReadByte("the protocol")); break;
            case PickleOpcode.None: _stack.Push(PickleNone.Value); break;
            case PickleOpcode.True: _stack.Push(new PickleNumber(1)); break;
            case PickleOpcode.False: _stack.Push(new PickleNumber(0)); break;
            case PickleOpcode.BinInt: _stack.Push(new PickleNumber(_bytes.ReadInt32("a number"))); break;
            case PickleOpcode.BinInt1: _stack.Push(new PickleNumber(_bytes.ReadByte("a number"))); break;
            case PickleOpcode.BinInt2: _stack.Push(new PickleNumber(_bytes.ReadUInt16("a number"))); break;
            case PickleOpcode.Long1: _stack.Push(new PickleNumber(ReadLong())); break;
            case PickleOpcode.BinFloat:
                _bytes.Take(sizeof(double), "a number");
                _stack.Push(PickleReal.Value);
                break;
            case PickleOpcode.ShortBinString: _stack.Push(new PickleBytes(_bytes.Take(_bytes.ReadByte("a length"), "a byte string"))); break;
            case PickleOpcode.BinString: _stack.Push(new PickleBytes(_bytes.Take(_bytes.ReadUInt32("a length"), "a byte string"))); break;
            case PickleOpcode.BinUnicode: _stack.Push(new PickleText(_bytes.Take(_bytes.ReadUInt32("a length"), "text"))); break;

            case PickleOpcode.Mark: _stack.Mark(); break;
            case PickleOpcode.EmptyTuple: _stack.Push(new PickleTuple([])); break;
            case PickleOpcode.Tuple1: PushTuple(1); break;
            case PickleOpcode.Tuple2: PushTuple(2); break;
            case PickleOpcode.Tuple3: PushTuple(3); break;
            case PickleOpcode.Tuple: _stack.Push(new PickleTuple(_stack.PopGroup())); break;
            case PickleOpcode.EmptyList: _stack.Push(new PickleList()); break;
            case PickleOpcode.Append: Append([_stack.Pop<PickleValue>()]); break;
            case PickleOpcode.Appends: Append(_stack.PopGroup()); break;
            case PickleOpcode.EmptyDictionary: _stack.Push(new PickleDictionary()); break;
            case PickleOpcode.SetItem: SetItems(PopValues(2)); break;
            case PickleOpcode.SetItems: SetItems(_stack.PopGroup()); break;

            case PickleOpcode.BinPut: _stack.Remember(_bytes.ReadByte("a number")); break;
            case PickleOpcode.LongBinPut: _stack.Remember(_bytes.ReadUInt32("a number")); break;
            case PickleOpcode.BinGet: _stack.Recall(_bytes.ReadByte("a number")); break;
            case PickleOpcode.LongBinGet: _stack.Recall(_bytes.ReadUInt32("a number")); break;

            case PickleOpcode.Global: _stack.Push(_objects.Name(_bytes.ReadLine(LongestName, "a module's name"), _bytes.ReadLine(LongestName, "a name"))); break;
            case PickleOpcode.Reduce: Reduce(); break;
            case PickleOpcode.Build: Build(); break;
            case PickleOpcode.PersistentId: _stack.Push(_objects.Persistent(_stack.Pop<PickleTuple>().Items)); break;
            default: throw Fail($"the instruction 0x{(byte)opcode:X2} is none that plain data needs");
        }
    }

    private void CheckProtocol(byte protocol)
    {
        if (protocol > 2) throw Fail($"its protocol is {protocol}, expected at most 2");
    }

    private long ReadLong()
    {
        var bytes = _bytes.Take(_bytes.ReadByte("a length"), "a number").Span;
        if (bytes.Length > sizeof(long)) throw Fail($"a number has {bytes.Length} bytes, expected at most {sizeof(long)}");
        var value = bytes.IsEmpty || (bytes[^1] & 0x80) == 0 ? 0L : -1L;
        for (var i = bytes.Length - 1; i >= 0; i--) value = (value << 8) | bytes[i];
        return value;
    }

    private PickleValue[] PopValues(int count)
    {
        var values = new PickleValue[count];
        for (var i = count - 1; i >= 0; i--) values[i] = _stack.Pop<PickleValue>();
        return values;
    }

    private void PushTuple(int count) => _stack.Push(new PickleTuple(PopValues(count)));

    private void Append(PickleValue[] values) => _stack.Top<PickleList>().Items.AddRange(values);

    private void SetItems(PickleValue[] pairs)
    {
        if (pairs.Length % 2 != 0) throw Fail("a key has no value");
        var items = _stack.Top<PickleDictionary>().Items;
        for (var i = 0; i < pairs.Length; i += 2) items[Key(pairs[i])] = pairs[i + 1];
    }

    private void Reduce()
    {
        var arguments = _stack.Pop<PickleTuple>();
        _stack.Push(_objects.Call(_stack.Pop<PickleName>().Name, arguments.Items));
    }

    private void Build()
    {
        var state = _stack.Pop<PickleValue>();
        _objects.SetState(_stack.Top<PickleValue>(), state);
    }

    /// <summary>Keys are words; optimizers number theirs.</summary>
    private string Key(PickleValue value) => value is PickleNumber number ? number.Value.ToString(CultureInfo.InvariantCulture) : _objects.Word(value);

    /// <summary>The error for the instruction that is being carried out.</summary>
    private NinException Fail(string why) => _bytes.FailAt(_instruction, why);
}
