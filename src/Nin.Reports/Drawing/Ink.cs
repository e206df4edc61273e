using System.Collections.Immutable;
using SkiaSharp;

namespace Nin.Reports.Drawing;

/// <summary>
/// A colour by its role. Pictures use <see cref="Light"/>; in the page the role is a CSS variable that becomes <see cref="Dark"/> where the
/// reader prefers dark. The hues are those of Okabe and Ito, which colour-blind readers can tell apart.
/// </summary>
/// <param name="Role">The name of the CSS variable, without the dashes.</param>
/// <param name="Light">On white, as <c>#RRGGBB</c>. No two roles share it: pictures are translated into pages by this value.</param>
/// <param name="Dark">On near-black.</param>
internal sealed record Ink(string Role, string Light, string Dark)
{
    public static Ink Surface { get; } = new("surface", "#FDFDFD", "#16181C");

    public static Ink Text { get; } = new("text", "#1B1F24", "#E6E8EB");

    public static Ink Quiet { get; } = new("quiet", "#5F6871", "#9BA4AE");

    public static Ink Rule { get; } = new("rule", "#E1E4E8", "#30353C");

    /// <summary>The learning rate: there for who looks for it.</summary>
    public static Ink Faint { get; } = new("faint", "#EDEFF2", "#22262C");

    /// <summary>Text on a strongly coloured cell.</summary>
    public static Ink Inverse { get; } = new("inverse", "#FEFEFE", "#101215");

    public static Ink Train { get; } = new("train", "#0072B2", "#56B4E9");

    public static Ink Validation { get; } = new("validation", "#D55E00", "#F08A3C");

    public static Ink Test { get; } = new("test", "#009E73", "#35C79C");

    /// <summary>Every role that the page defines.</summary>
    public static ImmutableArray<Ink> All { get; } =
    [
        Surface, Text, Quiet, Rule, Faint, Inverse, Train, Validation, Test,
        new("purple", "#B8558C", "#DD8FBA"), new("amber", "#B87A00", "#E8B33F"), new("sky", "#3E9BD0", "#8CCBF0"), new("grey", "#4A4F55", "#B9C0C8"),
    ];

    /// <summary>For several runs on one picture, in the order of use.</summary>
    public static ImmutableArray<Ink> Runs { get; } = [Train, Validation, Test, .. All[^4..]];

    public SKColor Skia => SKColor.Parse(Light);

    public ScottPlot.Color Plot => ScottPlot.Color.FromHex(Light);
}
