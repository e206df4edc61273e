using System.Text;

namespace Nin.Reports.Drawing;

/// <summary>Names of classes come from folders and may hold anything; XML and fonts bear no control characters.</summary>
internal static class Printable
{
    /// <summary>The text with a replacement sign for each control character and each half of a character.</summary>
    public static string Text(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            printable.Append(Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString());
        return printable.ToString();
    }
}
