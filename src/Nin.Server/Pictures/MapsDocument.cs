using Nin.Architectures;
using Nin.Explanations;
using Nin.Imaging;
using Nin.Inference;
using Nin.Server.Models;

namespace Nin.Server.Pictures;

/// <summary>Where the evidence lies in a picture, for the page and for programs.</summary>
internal static class MapsDocument
{
    /// <summary>Every class's map, what each cell sees of the uploaded picture, and its share of the winner's margin; for models that have class maps.</summary>
    public static object Of(LoadedModel model, Prediction prediction, Shape picture)
    {
        var (maps, geometry, input) = (prediction.Maps!, model.Geometry!, model.Classifier.Input);
        var ledger = Ledger.Of(maps, prediction.Index, prediction.Top(2)[^1].Index);
        var (first, last) = (geometry.Cell(0, 0), geometry.Cell(maps.Height - 1, maps.Width - 1));
        var (top, left, height, width) = ImageScaler.Part(picture, input.Height, input.Width, model.Classifier.Metadata.Fit);
        return new
        {
            height = maps.Height,
            width = maps.Width,
            input = new[] { input.Channels, input.Height, input.Width },
            classes = Enumerable.Range(0, maps.Classes).Select(label => new { label = prediction.LabelNames[label], index = label, values = maps[label].ToArray() }),
            cells = Enumerable.Range(0, maps.Height * maps.Width).Select(cell => OnPicture(geometry.Sees(cell / maps.Width, cell % maps.Width).On(input))),
            grid = OnPicture(new(first.X, first.Y, last.X + last.Width - first.X, last.Y + last.Height - first.Y)),
            runner_up = ledger.RunnerUp,
            margin = ledger.Margin,
            shares = ledger.Cells.ToArray(),
        };

        // The model takes the whole picture or its middle, see ImageFit.
        PixelArea OnPicture(PixelArea area)
        {
            var (x, y) = (width / input.Width, height / input.Height);
            return new(left + area.X * x, top + area.Y * y, area.Width * x, area.Height * y);
        }
    }
}
