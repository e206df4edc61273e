using System.CommandLine;

namespace Nin.Cli.Parsing;

/// <summary>Makes flags and reads what was typed after them.</summary>
internal static class TypedFlag
{
    /// <summary>A flag without a value.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>A flag that takes a word of an enumeration.</summary>
    public static Option<string> Choice<TEnum>(string name, string description) where TEnum : struct, Enum
    {
        var words = FlagValue.OneOf<TEnum>();
        return new Option<string>(name) { Description = description, HelpName = words.Name }.Offers(() => words.Choices);
    }

    /// <summary>The word of an enumeration; null where the flag was left out.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static TEnum? OneOf<TEnum>(this Option<string> flag, ParseResult parse) where TEnum : struct, Enum =>
        flag.Read(parse, FlagValue.OneOf<TEnum>()) is { } typed ? Enum.Parse<TEnum>(typed.Replace("-", "", StringComparison.Ordinal), ignoreCase: true) : null;

    /// <summary>In the form that options are stored in; null where the flag was left out.</summary>
    /// <exception cref="UsageException">It makes no sense.</exception>
    public static string? Read(this Option<string> flag, ParseResult parse, FlagValue value) =>
        parse.GetValue(flag) is { } typed ? value.Parse(flag.Name, flag.Description!, typed) : null;

    /// <summary>A whole number; <paramref name="otherwise"/> where the flag was left out.</summary>
    /// <exception cref="UsageException">It is none, or out of range.</exception>
    public static int Whole(this Option<string> flag, ParseResult parse, int otherwise, int least = 1, int most = int.MaxValue) =>
        flag.WholeOrNull(parse, least, most, sample: otherwise) ?? otherwise;

    /// <summary>A whole number; null where the flag was left out.</summary>
    /// <exception cref="UsageException">It is none, or out of range.</exception>
    public static int? WholeOrNull(this Option<string> flag, ParseResult parse, int least = 1, int most = int.MaxValue, int sample = 32)
    {
        if (flag.Read(parse, FlagValue.Whole) is not { } typed) return null;
        var number = int.Parse(typed);
        return number >= least && number <= most
            ? number
            : throw new UsageException($"{flag.Name} cannot be {number}", $"it must be {(most == int.MaxValue ? $"at least {least}" : $"{least} to {most}")}", $"for example {flag.Name} {Math.Max(least, sample)}");
    }

    /// <summary>Threads, as <c>nin train</c> takes them; 0, every core, where the flag was left out.</summary>
    /// <exception cref="UsageException">It is no number, or out of range.</exception>
    public static int Threads(this Option<string> flag, ParseResult parse) => flag.Whole(parse, otherwise: 0, least: 0, most: 1024);
}
