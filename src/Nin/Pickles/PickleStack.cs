namespace Nin.Pickles;

/// <summary>Where a pickle's instructions leave and find their values. All of its limits are far above what data sets and state dicts need.</summary>
/// <param name="fail">Makes the error for the instruction that is being carried out.</param>
internal sealed class PickleStack(Func<string, NinException> fail)
{
    private const int MostValues = 1 << 18;
    private const int MostMemos = 1 << 20;
    private const int DeepestMark = 64;

    private readonly List<PickleValue> _values = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<uint, PickleValue> _memo = [];

    /// <summary>Lays a value on top.</summary>
    public void Push(PickleValue value)
    {
        if (_values.Count == MostValues) throw fail($"more than {MostValues} values wait for their use");
        _values.Add(value);
    }

    /// <summary>Takes the value on top, which has to be a <typeparamref name="T"/>.</summary>
    public T Pop<T>() where T : PickleValue
    {
        var value = Top<T>();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>The value on top, which has to be a <typeparamref name="T"/> and stays there.</summary>
    public T Top<T>() where T : PickleValue
    {
        if (_values.Count == (_marks.Count > 0 ? _marks.Peek() : 0)) throw fail("it needs a value where there is none");
        return _values[^1] as T ?? throw fail($"it cannot use {_values[^1].Kind}");
    }

    /// <summary>Begins a group of values.</summary>
    public void Mark()
    {
        if (_marks.Count == DeepestMark) throw fail($"groups are nested deeper than {DeepestMark}");
        _marks.Push(_values.Count);
    }

    /// <summary>Takes the values of the innermost group, in order.</summary>
    public PickleValue[] PopGroup()
    {
        if (_marks.Count == 0) throw fail("it ends a group that was not begun");
        var first = _marks.Pop();
        var group = _values[first..].ToArray();
        _values.RemoveRange(first, group.Length);
        return group;
    }

    /// <summary>Remembers the value on top under a number.</summary>
    public void Remember(uint number)
    {
        if (_memo.Count == MostMemos) throw fail($"more than {MostMemos} values are remembered");
        _memo[number] = Top<PickleValue>();
    }

    /// <summary>Lays a remembered value on top.</summary>
    public void Recall(uint number) => Push(_memo.TryGetValue(number, out var value) ? value : throw fail($"nothing is remembered under {number}"));
}
