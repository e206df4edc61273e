using static System.FormattableString;

namespace Nin;

/// <summary>Numbers of things, in words: "1 epoch", "16 epochs".</summary>
public static class Counted
{
    /// <summary>The number, thousands apart, and the noun in the form that goes with it.</summary>
    /// <param name="number">How many.</param>
    /// <param name="noun">The thing, in the singular; its plural ends in s.</param>
    public static string Of(double number, string noun) => Invariant($"{number:#,0.##} {noun}{(number == 1 ? "" : "s")}");
}
