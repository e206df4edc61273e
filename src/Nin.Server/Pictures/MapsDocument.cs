using Nin.Architectures;
using Nin.Explanations;
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
        var geometry = MapGeometry.Of(model.Architecture, picture);
        var ledger = Ledger.Of(maps, prediction.Index, prediction.Top(2)[^1].Index);
        var (first, last) = (geometry.Cell(0, 0), geometry.Cell(maps.Height - 1, maps.Width - 1));
        var input = model.Classifier.Input;
        return new
        {
            height = maps.Height,
            width = maps.Width,
            input = new[] { input.Channels, input.Height, input.Width },
            classes = Enumerable.Range(0, maps.Classes).Select(label => new { label = prediction.LabelNames[label], index = label, values = maps[label].ToArray() }),
            cells = Enumerable.Range(0, maps.Height * maps.Width).Select(cell => geometry.Sees(cell / maps.Width, cell % maps.Width).On(picture)),
            grid = new PixelArea(first.X, first.Y, last.X + last.Width - first.X, last.Y + last.Height - first.Y),
            runner_up = ledger.RunnerUp,
            margin = ledger.Margin,
            shares = ledger.Cells.ToArray(),
        };
    }
}
