using Nin.Explanations;
using Nin.Reports.Drawing;
using SkiaSharp;

namespace Nin.Reports.Explanations;

/// <summary>The paper's figure 4: a picture and the maps of all classes, of which only the largest tenth of all activations is shown.</summary>
public static class AllClassesSheet
{
    private const int Side = 92, Gap = 10, Border = 16, Caption = 20, Header = 34, MostColumns = 6;

    /// <summary>A PNG.</summary>
    public static byte[] Png(Explanation explanation)
    {
        var labels = explanation.LabelNames.Length;
        var columns = Math.Min(labels + 1, MostColumns);
        var rows = (labels + columns) / columns;
        return Drawing.Picture.Png(2 * Border - Gap + columns * (Side + Gap), Border + Header + rows * (Side + Caption + Gap), canvas =>
        {
            using var pen = new Pen(canvas);
            pen.Text($"{Path.GetFileName(explanation.Name)}: every class map, its largest tenth", Border, Border + 12, Ink.Text, 14, SKTextAlign.Left, bold: true);
            var (shown, largest) = explanation.Maps.LargestTenth();
            for (var place = 0; place <= labels; place++)
            {
                var (x, y) = (Border + place % columns * (Side + Gap), Border + Header + place / columns * (Side + Caption + Gap));
                var tile = new Tile(canvas, x, y, Side, explanation).Picture();
                if (place > 0) tile.Map(shown[place - 1], largest);
                pen.Text(Pen.Fit(place == 0 ? "picture" : explanation.LabelNames[place - 1], 10.5f, Side), x, y + Side + 14, place == 0 ? Ink.Quiet : Ink.Text, 10.5f, SKTextAlign.Left);
            }
        });
    }
}
