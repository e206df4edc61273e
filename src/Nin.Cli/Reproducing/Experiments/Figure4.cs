using System.Text;
using Nin.Data;
using Nin.Explanations;
using Nin.Inference;
using Nin.Reports;
using Nin.Reports.Experiments;

namespace Nin.Cli.Reproducing.Experiments;

/// <summary>Figure 4: what the maps of the last mlpconv layer show.</summary>
internal static class Figure4
{
    private const int Tested = 2000;

    public static Experiment Experiment { get; } = new()
    {
        Name = "figure4",
        Title = "The class maps of the last mlpconv layer",
        Source = "figure 4, section 4.7",
        Shows = "Global average pooling makes every map of the last mlpconv layer stand for a class: of the largest tenth of all activations, the strongest lie in the map of the true class, on the object.",
        Runs = [CifarRuns.Nin],
        Parts = Parts,
    };

    private static IEnumerable<ExperimentPart> Parts(ExperimentResults results)
    {
        if (results[CifarRuns.Nin] is not { Test: not null } outcome) yield break;
        using var classifier = Classifier.Load(outcome.Directory.Onnx);
        var images = DataCatalogue.Load(outcome.Options.Data, outcome.Options.DataRoot).Test!;
        var shown = Enumerable.Range(0, images.Classes).Select(label => Explain(classifier, images, Array.IndexOf(images.Labels, label))).ToArray();
        var all = images.Select([.. Enumerable.Range(0, Math.Min(Tested, images.Count))]);
        var strongest = classifier.Classify(all).Select(prediction => Strongest(prediction.Maps!)).Zip(all.Labels).ToArray();
        var share = strongest.Count(pair => pair.First == pair.Second) / (double)strongest.Length;
        var caption = $"The first test image of each class, and over it every class map, of which only the largest tenth of the row's activations is shown; the frame marks the true class. "
            + $"In {100 * shown.Count(each => Strongest(each.Maps) == each.Truth) / (double)shown.Length:0} % of these rows and in {100 * share:0.0} % of {all.Count:#,0} test images the strongest activation of all lies in the map of the true class; chance would put it there in {100.0 / images.Classes:0.#} %. {results.ScaleText}.";
        var sheet = ActivationSheet.Png(shown, results.ScaleText);
        yield return new(ReportSection.OfPicture("Class maps", sheet, caption), ("class_maps.png", sheet), ("class_maps.csv", Encoding.UTF8.GetBytes(Table(shown))));
    }

    private static Explanation Explain(Classifier classifier, ImageSet images, int index) => classifier.Explain(images.Picture(index), $"test image {index}", images.Labels[index]);

    /// <summary>The class in whose map the largest activation lies.</summary>
    private static int Strongest(ClassMaps maps) => Enumerable.Range(0, maps.Classes).MaxBy(label => maps[label].ToArray().Max());

    /// <summary>Every activation behind the picture.</summary>
    private static string Table(IEnumerable<Explanation> shown) => Csv.Write(
        ["image", "true_class", "map_class", "row", "column", "activation", "in_largest_tenth"],
        shown.SelectMany(each => Enumerable.Range(0, each.Maps.Classes).SelectMany(label => Cells(each, label))));

    private static IEnumerable<object?[]> Cells(Explanation explanation, int label)
    {
        var threshold = explanation.Maps.LargestTenth().Threshold;
        return explanation.Maps[label].ToArray().Select((cell, i) => (object?[])
        [
            explanation.Name, explanation.LabelNames[explanation.Truth!.Value], explanation.LabelNames[label],
            i / explanation.Maps.Width, i % explanation.Maps.Width, cell, cell >= threshold && cell > 0 ? 1 : 0,
        ]);
    }
}
