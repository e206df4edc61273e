using Nin.Architectures;
using Nin.Explanations;
using Nin.Imaging;
using Nin.Inference;
using Nin.Server.Http;
using Nin.Server.Models;

namespace Nin.Server.Pictures;

/// <summary>Where the evidence lies in a picture, for the page and for programs.</summary>
internal static class MapsDocument
{
    /// <summary>Every class's map, what each cell sees of the uploaded picture, and its share of the winner's margin.</summary>
    /// <exception cref="RequestException">The model has no class maps.</exception>
    public static object Of(LoadedModel model, Prediction prediction, Shape picture)
    {
        var maps = prediction.Maps ?? throw RequestException.Bad("this model has no class maps; leave maps out");
        var seen = SeenOn(picture, model);
        var ledger = Ledger.Of(maps, prediction.Index, prediction.Top(2)[^1].Index);
        var input = model.Classifier.Input;
        return new
        {
            height = maps.Height,
            width = maps.Width,
            input = new[] { input.Channels, input.Height, input.Width },
            classes = Enumerable.Range(0, maps.Classes).Select(label => new { label = prediction.LabelNames[label], index = label, values = maps[label].ToArray() }),
            cells = Enumerable.Range(0, maps.Height * maps.Width).Select(cell => seen(cell / maps.Width, cell % maps.Width)),
            runner_up = ledger.RunnerUp,
            margin = ledger.Margin,
            shares = ledger.Cells.ToArray(),
        };
    }

    /// <summary>What cells see of a picture as it was sent, of which the model may have got no more than the middle.</summary>
    private static Func<int, int, PixelArea> SeenOn(Shape picture, LoadedModel model)
    {
        var (input, network) = (model.Classifier.Input, model.Architecture.Input);
        var (top, left, height, width) = ImageScaler.Part(picture, input.Height, input.Width, model.Classifier.Metadata.Fit);
        var geometry = MapGeometry.Of(model.Architecture, input) with { ScaleX = width / network.Width, ScaleY = height / network.Height };
        var part = new PixelArea(left, top, width, height);
        return (row, column) =>
        {
            var area = geometry.Sees(row, column);
            return (area with { X = area.X + left, Y = area.Y + top }).On(part);
        };
    }
}
