using System.Globalization;
using System.Text;
using Nin.Weights;

namespace Nin.Reports;

/// <summary>The README of a trained model: what it is, how well it does, how to use it, what it was not made for.</summary>
public static class ModelCard
{
    private const int MostClasses = 20;

    /// <summary>Markdown.</summary>
    /// <param name="content">Of the run.</param>
    /// <param name="model">What was trained.</param>
    public static string Write(ReportContent content, ModelDescription model)
    {
        var text = new StringBuilder();
        text.Append($"# {content.Name}\n\nA Network In Network image classifier (`{model.Architecture.Name}`, {Numbers.Count(model.Architecture.Plan().Parameters)} parameters) for {model.NumClasses} classes");
        text.Append($"{(model.Dataset.Length > 0 ? $", trained on {model.Dataset}" : "")}.\n\nClasses: {string.Join(", ", model.LabelNames.Take(MostClasses))}{(model.NumClasses > MostClasses ? $" and {model.NumClasses - MostClasses} more" : "")}.\n");
        Results(text, content);
        Use(text, model);
        Training(text, content);
        text.Append("\n## Limits\n\n");
        text.Append($"It knows pictures like those that it was trained on: {Pictures(model)}. Other pictures get one of its classes too, and may get it with a high probability. ");
        text.Append("Whether it treats groups of people or things alike was not examined.\n");
        return text.ToString();
    }

    private static void Results(StringBuilder text, ReportContent content)
    {
        if (content.Test is not { } test) return;
        text.Append(CultureInfo.InvariantCulture, $"\n## Results\n\nOn {Numbers.Count(test.Images)} test images that the training never saw: top-1 **{test.Top1:P2}** (95 % interval {test.Top1Low:P2} to {test.Top1High:P2}), ");
        if (test.Top1Flips is { } flips) text.Append(CultureInfo.InvariantCulture, $"{flips:P2} where each image is judged together with its mirror image, ");
        text.Append(CultureInfo.InvariantCulture, $"mean cross-entropy {Numbers.Loss(test.Loss)}, calibration error {test.CalibrationError:P2}.\n\n| class | images | precision | recall |\n|---|---|---|---|\n");
        foreach (var each in test.PerClass.Take(MostClasses)) text.Append(CultureInfo.InvariantCulture, $"| {each.Label.Replace("|", "\\|")} | {Numbers.Count(each.Images)} | {each.Precision:P1} | {each.Recall:P1} |\n");
    }

    private static void Use(StringBuilder text, ModelDescription model)
    {
        var shape = model.DataSize ?? model.InputSize;
        text.Append("\n## Use\n\n```sh\nnin predict model.onnx picture.jpg\nnin explain model.onnx picture.jpg\n```\n\n");
        text.Append("```csharp\nusing var classifier = Nin.Inference.Classifier.Load(\"model.onnx\");\nConsole.WriteLine(classifier.Classify(\"picture.jpg\").Label);\n```\n\n");
        text.Append($"`model.onnx` runs in any ONNX engine: input `images`, float32 [batch, {shape.Channels}, {shape.Height}, {shape.Width}] in 0..1; normalisation is inside. ");
        text.Append("Outputs: `logits`, `probabilities` and, where the network has them, `class_maps`. `model.safetensors` has the weights under PyTorch's names, `config.json` the whole network.\n");
    }

    private static void Training(StringBuilder text, ReportContent content)
    {
        if (content.Started is not { } started) return;
        text.Append($"\n## Training\n\n{Numbers.Count(started.TrainImages)} images to train on, {Numbers.Count(started.ValImages)} held out");
        text.Append(content.Ended is { } ended ? $"; {Counted.Of(ended.Epochs, "epoch")} in {Numbers.Duration(ended.Seconds)}. `options.json` repeats it.\n\n" : ".\n\n");
        foreach (var setting in started.Settings) text.Append($"- {setting.Name}: {setting.Value}\n");
    }

    private static string Pictures(ModelDescription model)
    {
        var shape = model.DataSize ?? model.InputSize;
        return $"{(shape.Channels == 1 ? "grey" : "colour")}, {shape.Width}x{shape.Height} pixels{(model.Dataset.Length > 0 ? $", as in {model.Dataset}" : "")}";
    }
}
