namespace Nin.Pickles;

/// <summary>What a pickle can hold here. Nothing walks these trees to the bottom, so that one which contains itself does no harm.</summary>
internal abstract class PickleValue
{
    /// <summary>What it is, for errors.</summary>
    public abstract string Kind { get; }
}

/// <summary>None.</summary>
internal sealed class PickleNone : PickleValue
{
    public static PickleNone Value { get; } = new();

    public override string Kind => "None";
}

/// <summary>An integer of up to 64 bits, or a truth value as 0 or 1.</summary>
internal sealed class PickleNumber(long value) : PickleValue
{
    public long Value { get; } = value;

    public override string Kind => "a number";
}

/// <summary>A number with a fraction.</summary>
internal sealed class PickleReal : PickleValue
{
    public static PickleReal Value { get; } = new();

    public override string Kind => "a real number";
}

/// <summary>A byte string: what Python 2 calls str.</summary>
internal sealed class PickleBytes(ReadOnlyMemory<byte> value) : PickleValue
{
    public ReadOnlyMemory<byte> Value { get; } = value;

    public override string Kind => "a byte string";
}

/// <summary>Text, kept as the UTF-8 of the file.</summary>
internal sealed class PickleText(ReadOnlyMemory<byte> utf8) : PickleValue
{
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    public override string Kind => "text";
}

/// <summary>A tuple.</summary>
internal sealed class PickleTuple(PickleValue[] items) : PickleValue
{
    public PickleValue[] Items { get; } = items;

    public override string Kind => "a tuple";
}

/// <summary>A list.</summary>
internal sealed class PickleList : PickleValue
{
    public List<PickleValue> Items { get; } = [];

    public override string Kind => "a list";
}

/// <summary>A dictionary whose keys are words.</summary>
internal sealed class PickleDictionary : PickleValue
{
    public Dictionary<string, PickleValue> Items { get; } = [];

    public override string Kind => "a dictionary";
}

/// <summary>Something outside the pickle that it may call or refer to. It is a word to the reader; no code stands behind it.</summary>
/// <param name="name">Module and name, joined by a dot.</param>
internal sealed class PickleName(string name) : PickleValue
{
    public string Name { get; } = name;

    public override string Kind => $"the name {Name}";
}
