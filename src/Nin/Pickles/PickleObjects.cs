using System.Text;

namespace Nin.Pickles;

/// <summary>What a kind of file may name, call and refer to from within its pickle: a closed list, carried out by this reader's own code.</summary>
/// <param name="fail">Makes the error for the instruction that is being carried out.</param>
internal abstract class PickleObjects(Func<string, NinException> fail)
{
    private const int LongestWord = 255;

    /// <summary>A name, if it is one of the list.</summary>
    public PickleName Name(string module, string name)
    {
        var full = $"{module}.{name}";
        return Knows(full) ? new(full) : throw Fail($"it names {Printable(full)}, expected nothing but {Expected}; Python would run it");
    }

    /// <summary>What a call gives.</summary>
    public abstract PickleValue Call(string name, PickleValue[] arguments);

    /// <summary>Gives an object its content.</summary>
    public abstract void SetState(PickleValue target, PickleValue state);

    /// <summary>What lies outside the pickle under an identifier.</summary>
    public virtual PickleValue Persistent(PickleValue[] id) => throw Fail("it refers to something outside of itself");

    /// <summary>A short byte string or text as a word.</summary>
    public string Word(PickleValue value) => value switch
    {
        PickleBytes { Value: { Length: <= LongestWord } bytes } => Encoding.Latin1.GetString(bytes.Span),
        PickleText { Utf8: { Length: <= LongestWord } bytes } => Encoding.UTF8.GetString(bytes.Span),
        PickleBytes or PickleText => throw Fail($"a word is longer than {LongestWord} bytes"),
        _ => throw Fail($"{value.Kind} stands where a word is expected"),
    };

    /// <summary>What the file may hold, for errors.</summary>
    protected abstract string Expected { get; }

    /// <summary>Whether a name, module and all, is one of the list.</summary>
    protected abstract bool Knows(string name);

    /// <summary>The error for the instruction that is being carried out.</summary>
    protected NinException Fail(string why) => fail(why);

    /// <summary>The error for a call whose arguments make no sense.</summary>
    protected NinException WrongCall(string name, PickleValue[] arguments) =>
        Fail($"{name} is called with {(arguments.Length == 0 ? "nothing" : string.Join(", ", arguments.Take(4).Select(argument => argument.Kind)))}");

    /// <summary>Text without what a terminal would obey.</summary>
    protected static string Printable(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
