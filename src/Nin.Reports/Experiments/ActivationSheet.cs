using Nin.Explanations;
using Nin.Reports.Drawing;
using Nin.Reports.Explanations;
using SkiaSharp;

namespace Nin.Reports.Experiments;

/// <summary>The paper's figure 4: a row an image, and in it the maps of all classes, of which only the largest tenth of the row's activations is shown.</summary>
public static class ActivationSheet
{
    private const int Side = 64, Gap = 6, Border = 16, Top = 58, Bottom = 34, Names = 96;

    /// <summary>A PNG.</summary>
    /// <param name="explanations">At least one, of one model, each with its true class.</param>
    /// <param name="note">The scale, below the picture.</param>
    public static byte[] Png(IReadOnlyList<Explanation> explanations, string note)
    {
        ArgumentOutOfRangeException.ThrowIfZero(explanations.Count);
        var labels = explanations[0].LabelNames;
        var (width, height) = (2 * Border + Names + (labels.Length + 1) * (Side + Gap), Top + explanations.Count * (Side + Gap) + Bottom);
        var below = new Note(note, width - 2 * Border);
        return Picture.Png(width, height + below.MoreHeight, canvas =>
        {
            using var pen = new Pen(canvas);
            pen.Text("Class maps: the largest tenth of each row's activations", Border, Border + 10, Ink.Text, 14, SKTextAlign.Left, bold: true);
            pen.Text("picture", X(0), Top - 8, Ink.Quiet, 10.5f, SKTextAlign.Left);
            for (var label = 0; label < labels.Length; label++) pen.Text(Pen.Fit(labels[label], 10.5f, Side), X(label + 1), Top - 8, Ink.Quiet, 10.5f, SKTextAlign.Left);
            foreach (var (row, explanation) in explanations.Index()) DrawRow(canvas, pen, explanation, Top + row * (Side + Gap));
            below.Draw(pen, Border, height - 12);
        });
    }

    private static float X(int column) => Border + Names + column * (Side + Gap);

    private static void DrawRow(SKCanvas canvas, Pen pen, Explanation explanation, int y)
    {
        var (shown, largest) = explanation.Maps.LargestTenth();
        pen.Text(Pen.Fit(explanation.Truth is { } named ? explanation.LabelNames[named] : explanation.Name, 12, Names - 8), Border, y + Side / 2 + 4, Ink.Text, 12, SKTextAlign.Left);
        new Tile(canvas, X(0), y, Side, explanation).Picture();
        for (var label = 0; label < explanation.LabelNames.Length; label++)
        {
            new Tile(canvas, X(label + 1), y, Side, explanation).Picture().Map(shown[label], largest);
            if (label == explanation.Truth) pen.Frame(X(label + 1), y, Side, Side, Ink.Test);
        }
    }
}
