using System.Text;
using Nin.Explanations;

namespace Nin.Cli.Rendering;

/// <summary>A picture and what speaks for its label, small, in a terminal: two pixels a character, or shades of grey where colours are not wanted.</summary>
internal static class HalfBlocks
{
    private const int Columns = 28;
    private const string Shades = " ░▒▓█";

    /// <summary>The picture, and beside it the same with the winner's lead over it.</summary>
    public static IEnumerable<string> Lines(Explanation explanation, bool colours)
    {
        var shape = explanation.Picture.Shape;
        var rows = Math.Max(2, Columns * shape.Height / shape.Width / 2 * 2);
        var (ledger, first) = (explanation.Ledger, explanation.Geometry.Cell(0, 0));
        var largest = ledger.Cells.ToArray().Max(Math.Abs);
        for (var y = 0; y < rows; y += 2)
        {
            var line = new StringBuilder("  ");
            for (var side = 0; side < 2; side++)
            {
                for (var x = 0; x < Columns; x++)
                {
                    var (upper, lower) = (Pixel(x, y, side == 1), Pixel(x, y + 1, side == 1));
                    line.Append(colours ? $"\e[38;2;{upper.Red};{upper.Green};{upper.Blue};48;2;{lower.Red};{lower.Green};{lower.Blue}m▀" : $"{Shades[(upper.Light + lower.Light) * (Shades.Length - 1) / 510]}");
                }
                line.Append(colours ? "\e[0m    " : "    ");
            }
            yield return line.ToString().TrimEnd(' ');
        }

        Colour Pixel(int x, int y, bool withLedger)
        {
            var (column, row) = (x * shape.Width / Columns, y * shape.Height / rows);
            var at = row * shape.Width + column;
            var pixels = explanation.Picture.Pixels;
            var plane = shape.Channels >= 3 ? shape.Height * shape.Width : 0;
            var colour = new Colour(pixels[at], pixels[plane + at], pixels[2 * plane + at]);
            return withLedger ? colour.Under(Share(column + 0.5, row + 0.5)) : colour;
        }

        double Share(double x, double y)
        {
            var (row, column) = (Math.Clamp((int)((y - first.Y) / first.Height), 0, ledger.Height - 1), Math.Clamp((int)((x - first.X) / first.Width), 0, ledger.Width - 1));
            return largest > 0 ? ledger.Cells.Span[row * ledger.Width + column] / largest : 0;
        }
    }

    private readonly record struct Colour(byte Red, byte Green, byte Blue)
    {
        private static readonly Colour For = new(0xD5, 0x5E, 0x00), Against = new(0x00, 0x72, 0xB2);

        public int Light => (Red * 299 + Green * 587 + Blue * 114) / 1000;

        public Colour Under(double share)
        {
            var (over, weight) = (share >= 0 ? For : Against, 0.8 * Math.Abs(share));
            byte Mix(byte one, byte two) => (byte)(one * (1 - weight) + two * weight);
            return new(Mix(Red, over.Red), Mix(Green, over.Green), Mix(Blue, over.Blue));
        }
    }
}
