using SkiaSharp;

namespace Nin.Reports.Drawing;

/// <summary>Quiet words below a picture, in as many lines as they take.</summary>
internal sealed class Note
{
    private const int Size = 11, LineHeight = 15;

    private readonly List<string> _lines = [];

    /// <param name="text">Is broken between words.</param>
    /// <param name="room">The width of a line.</param>
    public Note(string text, float room)
    {
        foreach (var word in text.Split(' '))
        {
            var longer = _lines.Count == 0 ? word : $"{_lines[^1]} {word}";
            if (_lines.Count > 0 && Pen.Measure(longer, Size) <= room) _lines[^1] = longer;
            else _lines.Add(Pen.Fit(word, Size, room));
        }
    }

    /// <summary>What the lines below the first take.</summary>
    public int MoreHeight => LineHeight * (_lines.Count - 1);

    public void Draw(Pen pen, float x, float baseline)
    {
        foreach (var (i, line) in _lines.Index()) pen.Text(line, x, baseline + LineHeight * i, Ink.Quiet, Size, SKTextAlign.Left);
    }
}
