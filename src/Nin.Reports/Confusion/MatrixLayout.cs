using System.Collections.Immutable;
using Nin.Evaluation;
using Nin.Reports.Drawing;

namespace Nin.Reports.Confusion;

/// <summary>The measures of a confusion matrix, from two classes with room for their counts to a thousand without.</summary>
/// <param name="Labels">Names, cut where they are too long.</param>
/// <param name="Cell">Side of a cell.</param>
/// <param name="LabelSize">Of class names.</param>
/// <param name="LabelStep">Every how manyth class is named.</param>
/// <param name="CountSize">Of the numbers in cells; 0 where they do not fit.</param>
/// <param name="Longest">The longest name, drawn.</param>
internal sealed record MatrixLayout(ImmutableArray<string> Labels, float Cell, float LabelSize, int LabelStep, float CountSize, float Longest)
{
    private const int LongestLabel = 24;
    private const float Border = 8;

    public int Classes => Labels.Length;

    public float Side => Cell * Classes;

    public float Left => Border + MathF.Max(Longest, Pen.Measure("True class", LabelSize)) + 8;

    public float Top => Border + LabelSize + 10;

    /// <summary>Whether the names fit below their columns without turning.</summary>
    public bool NamesLieFlat => Longest <= Cell - 4;

    public int Width => (int)MathF.Ceiling(Left + Side + Border);

    public int Height => (int)MathF.Ceiling(Top + Side + (NamesLieFlat ? LabelSize : Longest) + LabelSize + 20 + Border);

    public static MatrixLayout For(EvaluationResult result)
    {
        ImmutableArray<string> labels = [.. result.PerClass.Select(c => Pen.Cut(c.Label, LongestLabel))];
        var cell = Math.Clamp(MathF.Floor(640f / labels.Length), 2, 72);
        var labelSize = cell >= 14 ? 12 : 9.5f;
        var digits = $"{result.Confusion.Max(row => row.Max())}".Length;
        var countSize = Math.Min(13, (cell - 5) / (0.66f * digits));
        var longest = labels.Max(label => Pen.Measure(label, labelSize));
        return new(labels, cell, labelSize, (int)MathF.Ceiling((labelSize + 2) / cell), countSize >= 6.5f ? countSize : 0, longest);
    }
}
