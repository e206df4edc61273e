using Nin.Data;
using Nin.Explanations;
using Nin.Files;
using Nin.Inference;
using Nin.Reports;
using Nin.Reports.Explanations;
using Nin.Runs;

namespace Nin.Cli.Explaining;

/// <summary>The class maps of a run that has just ended: an image of each class that the model is surest of, and its most confident mistakes.</summary>
internal static class ClassMapPictures
{
    private const int MostClasses = 10, Mistakes = 8, MostImages = 2000;

    /// <summary>Writes <c>class_maps.png</c> and <c>top_losses.png</c>; gives them as sections of the report. Networks without class maps have neither.</summary>
    /// <exception cref="OutputException">The folder cannot be written to.</exception>
    public static IEnumerable<ReportSection> Write(RunDirectory run, DataSet data, int threads)
    {
        using var classifier = Classifier.Load(run.Onnx, threads);
        if (classifier.Metadata.Architecture.Plan().ClassMaps is null) return [];
        var (images, numbers, name) = UnseenImages.Of(run.Path, data, MostImages);
        return
        [
            .. Section(run.ClassMaps, "Class maps", "Orange speaks for a class, blue against it. The mean of a map is the logit of its class; in the last column is what each place adds to the lead over the runner-up, and the frame shows what the strongest place sees.", SurestOfEachClass(classifier, images, numbers)),
            .. Section(run.TopLosses, "Most confident mistakes", $"Of {numbers.Length:#,0} images of {name}, below each the class that it is of.", WorstMistakes.Of(classifier, images, numbers, Mistakes)),
        ];
    }

    private static IEnumerable<ReportSection> Section(string path, string title, string caption, IReadOnlyList<Explanation> explanations)
    {
        if (explanations.Count == 0) return [];
        var picture = ClassMapSheet.Png(title, explanations);
        AtomicFile.Write(path, stream => stream.Write(picture));
        return [ReportSection.OfPicture(title, picture, caption)];
    }

    private static IReadOnlyList<Explanation> SurestOfEachClass(Classifier classifier, ImageSet images, int[] numbers) =>
    [
        .. classifier.Classify(images.Select(numbers))
            .Select((prediction, index) => (prediction.Index, prediction.Probability, Image: numbers[index]))
            .Where(said => said.Index == images.Labels[said.Image])
            .GroupBy(said => said.Index).OrderBy(group => group.Key).Take(MostClasses)
            .Select(group => group.MaxBy(said => said.Probability))
            .Select(said => classifier.Explain(images.Picture(said.Image), $"{images.Part} image {said.Image}", images.Labels[said.Image])),
    ];
}
