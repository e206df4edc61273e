using System.Collections.Immutable;

namespace Nin.Explanations;

/// <summary>
/// What a picture larger than those of the training shows where: every window of the training's size gets the label that it would get as a picture of its
/// own, but for its borders, from one pass over the whole (the mean of its part of the class maps is its logits).
/// </summary>
/// <param name="Labels">[Height, Width]: the likeliest class of each window.</param>
/// <param name="Probabilities">[Height, Width]: how likely it is.</param>
/// <param name="Height">Windows down.</param>
/// <param name="Width">Windows across.</param>
/// <param name="WindowHeight">Cells of class maps in a window, down.</param>
/// <param name="WindowWidth">Cells of class maps in a window, across.</param>
public sealed record LabelMap(ReadOnlyMemory<int> Labels, ReadOnlyMemory<float> Probabilities, int Height, int Width, int WindowHeight, int WindowWidth)
{
    /// <summary>Labels every window.</summary>
    /// <param name="maps">Of the whole picture.</param>
    /// <param name="windowHeight">Cells down that a picture of the training's size has.</param>
    /// <param name="windowWidth">Cells across.</param>
    /// <exception cref="ArgumentException">The maps are smaller than one window.</exception>
    public static LabelMap Of(ClassMaps maps, int windowHeight, int windowWidth)
    {
        var (height, width) = (maps.Height - windowHeight + 1, maps.Width - windowWidth + 1);
        if (height < 1 || width < 1) throw new ArgumentException($"maps of {maps.Height}x{maps.Width} cells hold no window of {windowHeight}x{windowWidth}", nameof(maps));
        var (labels, probabilities, logits) = (new int[height * width], new float[height * width], new double[maps.Classes]);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var k = 0; k < logits.Length; k++) logits[k] = Mean(maps, k, y, x, windowHeight, windowWidth);
                var best = Array.IndexOf(logits, logits.Max());
                (labels[y * width + x], probabilities[y * width + x]) = (best, (float)(1 / logits.Sum(logit => Math.Exp(logit - logits[best]))));
            }
        }
        return new(labels, probabilities, height, width, windowHeight, windowWidth);
    }

    /// <summary>Neighbouring windows of one label, as boxes; windows less likely than <paramref name="least"/> belong to none. Largest first.</summary>
    public ImmutableArray<LabelledBox> Boxes(float least)
    {
        var seen = new bool[Labels.Length];
        var boxes = ImmutableArray.CreateBuilder<LabelledBox>();
        for (var start = 0; start < seen.Length; start++)
        {
            if (seen[start] || Probabilities.Span[start] < least) continue;
            boxes.Add(Grow(start, least, seen));
        }
        return [.. boxes.OrderByDescending(box => box.Windows)];
    }

    private LabelledBox Grow(int start, float least, bool[] seen)
    {
        var (label, queue) = (Labels.Span[start], new Queue<int>([start]));
        seen[start] = true;
        var (top, left, bottom, right, windows, best) = (Height, Width, 0, 0, 0, 0f);
        while (queue.TryDequeue(out var at))
        {
            var (y, x) = (at / Width, at % Width);
            (top, left, bottom, right) = (Math.Min(top, y), Math.Min(left, x), Math.Max(bottom, y), Math.Max(right, x));
            (windows, best) = (windows + 1, Math.Max(best, Probabilities.Span[at]));
            foreach (var (row, column) in new[] { (y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1) })
            {
                if (row < 0 || column < 0 || row >= Height || column >= Width) continue;
                var next = row * Width + column;
                if (seen[next] || Labels.Span[next] != label || Probabilities.Span[next] < least) continue;
                seen[next] = true;
                queue.Enqueue(next);
            }
        }
        return new(label, best, windows, top, left, bottom - top + WindowHeight, right - left + WindowWidth);
    }

    private static double Mean(ClassMaps maps, int label, int top, int left, int height, int width)
    {
        var map = maps[label];
        var sum = 0.0;
        for (var y = top; y < top + height; y++)
        {
            foreach (var cell in map.Slice(y * maps.Width + left, width)) sum += cell;
        }
        return sum / (height * width);
    }
}

/// <summary>Neighbouring windows that agree on a label, in cells of the class maps.</summary>
/// <param name="Label">The class.</param>
/// <param name="Probability">Of the most certain window.</param>
/// <param name="Windows">How many agree.</param>
/// <param name="Row">First row of cells.</param>
/// <param name="Column">First column of cells.</param>
/// <param name="Height">Rows of cells.</param>
/// <param name="Width">Columns of cells.</param>
public sealed record LabelledBox(int Label, float Probability, int Windows, int Row, int Column, int Height, int Width);
