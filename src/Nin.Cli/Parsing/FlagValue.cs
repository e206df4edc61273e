using System.Globalization;
using System.Text.Json;

namespace Nin.Cli.Parsing;

/// <summary>A kind of value that a flag takes.</summary>
/// <param name="Name">As help shows it: <c>n</c>.</param>
/// <param name="Expected">In words: "a whole number".</param>
/// <param name="Sample">One that would do.</param>
/// <param name="Read">What was typed in the form that options are stored in; null where it makes no sense.</param>
internal sealed record FlagValue(string Name, string Expected, string Sample, Func<string, string?> Read)
{
    /// <summary>The words that would do, where there is a list of them.</summary>
    public IReadOnlyCollection<string> Choices { get; init; } = [];

    /// <summary>A whole number.</summary>
    public static FlagValue Whole { get; } = new("n", "a whole number", "10", typed =>
        int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Text(number) : null);

    /// <summary>A finite number, with a point.</summary>
    public static FlagValue Number { get; } = new("x", "a number such as 0.05 or 1e-4", "0.05", typed => ReadNumber(typed) is { } number ? Text(number) : null);

    /// <summary>A share: 0.2 or 20%.</summary>
    public static FlagValue Share { get; } = new("share", "a share such as 0.2 or 20%", "0.2", typed =>
        typed.EndsWith('%') ? ReadNumber(typed[..^1]) is { } percent ? Text(percent / 100) : null
        : ReadNumber(typed) is { } share ? Text(share) : null);

    /// <summary>A time: 90s, 10m, 1.5h; minutes when bare.</summary>
    public static FlagValue Minutes { get; } = new("90s|10m|1.5h", "a time such as 90s, 10m or 1.5h; a bare number counts minutes", "10m", typed => ReadMinutes(typed) is { } minutes and > 0 ? Text(minutes) : null);

    /// <summary>A time, or 0.</summary>
    public static FlagValue MinutesOrNone { get; } = Minutes with
    {
        Expected = $"{Minutes.Expected}, or 0",
        Read = typed => ReadMinutes(typed) is { } minutes and >= 0 ? Text(minutes) : null,
    };

    /// <summary>Anything but nothing.</summary>
    public static FlagValue Words(string name, string sample) => new(name, $"a {name}", sample, typed => string.IsNullOrWhiteSpace(typed) ? null : typed);

    /// <summary>One of the words of an enumeration; case and hyphens do not matter.</summary>
    public static FlagValue OneOf<TEnum>() where TEnum : struct, Enum
    {
        var stored = Enum.GetNames<TEnum>().ToDictionary(Shown, JsonNamingPolicy.KebabCaseLower.ConvertName);
        return new(string.Join('|', stored.Keys), $"one of {string.Join(", ", stored.Keys)}", stored.Keys.First(),
            typed => stored.FirstOrDefault(pair => Bare(pair.Key) == Bare(typed)).Value)
        {
            Choices = stored.Keys,
        };

        // People write adamw, not adam-w.
        static string Shown(string name) => name == nameof(Recipes.OptimizerKind.AdamW) ? "adamw" : JsonNamingPolicy.KebabCaseLower.ConvertName(name);
        static string Bare(string word) => word.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
    }

    /// <summary>What was typed after a flag, in the form that options are stored in.</summary>
    /// <exception cref="UsageException">It makes no sense.</exception>
    public string Parse(string flag, string meaning, string typed)
    {
        if (Read(typed) is { } value) return value;
        var nearest = Suggestion.Nearest(typed, Choices);
        throw new UsageException($"{flag} cannot be '{typed}'", $"{meaning}: {Expected}", nearest is null ? $"for example {flag} {Sample}" : $"did you mean {flag} {nearest}?");
    }

    private static double? ReadNumber(string typed) =>
        double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static double? ReadMinutes(string typed)
    {
        var (digits, scale) = typed switch
        {
            [.. var number, 's'] => (number, 1 / 60.0),
            [.. var number, 'm'] => (number, 1.0),
            [.. var number, 'h'] => (number, 60.0),
            _ => (typed, 1.0),
        };
        return ReadNumber(digits) * scale;
    }

    private static string Text<T>(T number) where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
