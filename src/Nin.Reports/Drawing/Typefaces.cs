using ScottPlot;
using SkiaSharp;

namespace Nin.Reports.Drawing;

/// <summary>
/// Inter, carried along in the assembly: a server without fonts would draw pictures without text, and elsewhere every machine would draw
/// in another font.
/// </summary>
internal sealed class Typefaces : IFontResolver
{
    /// <summary>The name by which plots ask for it.</summary>
    public const string Family = "Inter";

    public static SKTypeface Regular { get; } = Load("Inter-Regular.otf");

    public static SKTypeface SemiBold { get; } = Load("Inter-SemiBold.otf");

    /// <summary>Makes ScottPlot find the family. Its list of resolvers belongs to the process, so that this is done once.</summary>
    public static void Register()
    {
        lock (Fonts.FontResolvers)
        {
            if (!Fonts.FontResolvers.OfType<Typefaces>().Any())
                Fonts.FontResolvers.Insert(0, new Typefaces());
        }
    }

    /// <summary>Inter, or a font of the system where the text has letters that Inter lacks, such as Chinese class names.</summary>
    public static SKTypeface For(string text, bool bold = false)
    {
        var inter = bold ? SemiBold : Regular;
        var missing = text.EnumerateRunes().FirstOrDefault(rune => inter.GetGlyph(rune.Value) == 0);
        return missing == default ? inter : SKFontManager.Default.MatchCharacter(missing.Value) ?? inter;
    }

    /// <inheritdoc />
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName != Family ? null : bold ? SemiBold : Regular;

    /// <inheritdoc />
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, italic: false);

    private static SKTypeface Load(string resource)
    {
        using var stream = typeof(Typefaces).Assembly.GetManifestResourceStream(resource)!;
        return SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"{resource} is not a font");
    }
}
