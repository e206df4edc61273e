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
    private const string Statement = "The strongest activation lies in the map of the true class";

    /// <summary>Test images that the statement is held against.</summary>
    private const int Tested = 2000;

    public static Experiment Experiment { get; } = new()
    {
        Name = "figure4",
        Title = "The class maps of the last mlpconv layer",
        Source = "figure 4, section 4.7",
        Shows = "Global average pooling makes every map of the last mlpconv layer stand for a class: of the largest tenth of all activations, the strongest lie in the map of the true class, on the object.",
        Runs = [CifarRuns.Nin],
        Findings = [StrongestIsTrue],
        Parts = Parts,
    };

    private static Finding StrongestIsTrue(ExperimentResults results)
    {
        if (results[CifarRuns.Nin] is not { Test: not null } outcome) return new(Statement, Verdict.Open, "The network is not trained yet.");
        using var classifier = Classifier.Load(outcome.Directory.Onnx);
        var images = TestImages(outcome);
        if (images.Count > Tested) images = images.Select([.. Enumerable.Range(0, Tested)]);
        var share = classifier.Classify(images).Zip(images.Labels, (prediction, label) => Strongest(prediction.Maps!) == label).Count(isTrue => isTrue) / (double)images.Count;
        return new(Statement, share > 0.5 ? Verdict.Seen : Verdict.NotSeen, $"It does in {100 * share:0.0}\u00A0% of {images.Count:#,0} test images; chance would put it there in {100.0 / images.Classes:0.#}\u00A0%.");
    }

    private static IEnumerable<ExperimentPart> Parts(ExperimentResults results)
    {
        if (results[CifarRuns.Nin] is not { Test: not null } outcome) yield break;
        using var classifier = Classifier.Load(outcome.Directory.Onnx);
        var images = TestImages(outcome);
        var shown = Enumerable.Range(0, images.Classes).Select(label => Explain(classifier, images, Array.IndexOf(images.Labels, label))).ToArray();
        var sheet = ActivationSheet.Png(shown, results.ScaleText);
        yield return new(
            ReportSection.OfPicture("Class maps", sheet, $"A row for the first test image of each class: the image, then over it every class map, of which only the largest tenth of the row's activations is shown. A frame marks the true class. {results.ScaleText}."),
            ("class_maps.png", sheet), ("class_maps.csv", Encoding.UTF8.GetBytes(Table(shown))));
    }

    private static ImageSet TestImages(RunOutcome outcome) => DataCatalogue.Load(outcome.Options.Data, outcome.Options.DataRoot).Test!;

    private static Explanation Explain(Classifier classifier, ImageSet images, int index) => classifier.Explain(images.Picture(index), $"test image {index}", images.Labels[index]);

    /// <summary>The class in whose map the largest activation lies.</summary>
    private static int Strongest(ClassMaps maps) => Enumerable.Range(0, maps.Classes).MaxBy(label => maps[label].ToArray().Max());

    /// <summary>Every activation behind the picture.</summary>
    private static string Table(IEnumerable<Explanation> shown) => Csv.Write(
        ["image", "true_class", "map_class", "row", "column", "activation", "in_largest_tenth"],
        shown.SelectMany(Cells));

    private static IEnumerable<object?[]> Cells(Explanation explanation)
    {
        var (maps, largestTenth) = (explanation.Maps, explanation.Maps.LargestTenth().Shown);
        var area = maps.Height * maps.Width;
        return maps.Values.ToArray().Select((cell, i) => (object?[])
        [
            explanation.Name, explanation.LabelNames[explanation.Truth!.Value], explanation.LabelNames[i / area],
            i % area / maps.Width, i % maps.Width, cell, largestTenth.Values.Span[i] > 0 ? 1 : 0,
        ]);
    }
}
