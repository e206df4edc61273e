using Nin.Data;
using Nin.Explanations;
using Nin.Inference;

namespace Nin.Cli.Explaining;

/// <summary>The images that a model took for something else most confidently.</summary>
internal static class WorstMistakes
{
    /// <summary>Explains them, the most confident first.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="images">Labelled.</param>
    /// <param name="numbers">Which of them to look at.</param>
    /// <param name="count">How many, where there are that many.</param>
    public static IReadOnlyList<Explanation> Of(Classifier classifier, ImageSet images, int[] numbers, int count) =>
    [
        .. classifier.Classify(images.Select(numbers))
            .Select((prediction, index) => (prediction.Index, prediction.Probability, Image: numbers[index]))
            .Where(said => said.Index != images.Labels[said.Image])
            .OrderByDescending(said => said.Probability).ThenBy(said => said.Image)
            .Take(count)
            .Select(said => classifier.Explain(images.Picture(said.Image), $"{images.Part} image {said.Image}", images.Labels[said.Image])),
    ];
}
