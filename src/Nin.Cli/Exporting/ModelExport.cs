using Nin.Cli.Explaining;
using Nin.Cli.Parsing;
using Nin.Data;
using Nin.Evaluation;
using Nin.Inference;
using Nin.Json;
using Nin.Onnx;
using Nin.Randomness;
using Nin.Runs;
using Nin.Weights;

namespace Nin.Cli.Exporting;

/// <summary>From weights to an ONNX file that is known to compute the same.</summary>
internal static class ModelExport
{
    private const int ParityImages = 1000, ImagesAfterTraining = 200, NoiseImages = 64, CalibrationImages = 512;

    /// <summary>Share of the test images that a conversion may cost.</summary>
    private const double LargestLoss = 0.01;

    /// <summary>Writes a model.</summary>
    /// <param name="stored">Weights and what they belong to.</param>
    /// <param name="precision">Of the file.</param>
    /// <param name="data">To compare, calibrate and test on; null compares on noise.</param>
    /// <param name="file">What to write.</param>
    /// <exception cref="GateException">The engines disagree, or the conversion costs too much accuracy; nothing was written.</exception>
    /// <exception cref="UsageException">8 bits need data.</exception>
    public static ExportResult Write(StoredModel stored, ExportPrecision precision, DataSet? data, string file)
    {
        var model = OnnxModel.Of(stored, TestAccuracy(stored.Path), ModelData.OptionsOf(stored.Path));
        using var exact = Classifier.Load(model);
        var parity = EngineParity.Measure(stored, exact, Sample(stored, data, ParityImages));
        parity.Check(file);
        var converted = precision switch
        {
            ExportPrecision.Fp16 => model.ToHalf(),
            ExportPrecision.Int8 => model.ToInt8(Calibration.Measure(model, CalibrationSet(data, stored.Path))),
            _ => model,
        };
        var (before, after) = precision == ExportPrecision.Fp32 || data is null ? (null, null) : Compare(exact, converted, UnseenImages.Of(stored.Path, data).Alone);
        converted.Write(file);
        return new(file, precision, new FileInfo(file).Length, parity, before, after);
    }

    /// <summary>Compares both engines on a file that a training wrote.</summary>
    /// <param name="run">What was trained.</param>
    /// <param name="data">To compare on.</param>
    /// <param name="threads">For both engines; 0 uses every core.</param>
    /// <exception cref="GateException">They disagree.</exception>
    public static EngineParity Check(RunDirectory run, DataSet data, int threads)
    {
        var stored = StoredModel.Read(run.Path);
        using var exported = Classifier.Load(run.Onnx, threads);
        var parity = EngineParity.Measure(stored, exported, Sample(stored, data, ImagesAfterTraining), threads);
        parity.Check(run.Onnx);
        return parity;
    }

    private static (SpeedAndAccuracy Before, SpeedAndAccuracy After) Compare(Classifier exact, OnnxModel converted, ImageSet images)
    {
        using var candidate = Classifier.Load(converted);
        var (before, after) = SpeedAndAccuracy.Measure(exact, candidate, images);
        if (before.Accuracy - after.Accuracy > LargestLoss)
            throw new GateException($"the conversion costs {before.Accuracy - after.Accuracy:P2} of {images.Name}", $"top-1 falls from {before.Accuracy:P2} to {after.Accuracy:P2}; {LargestLoss:P0} is allowed", "export with --precision fp16 or fp32");
        return (before, after);
    }

    private static ImageSet Sample(StoredModel stored, DataSet? data, int most) =>
        data is null ? Noise(stored.Description) : UnseenImages.Of(stored.Path, data, most).Alone;

    /// <summary>What both engines are compared on where there is no data.</summary>
    internal static ImageSet Noise(ModelDescription model)
    {
        var shape = model.DataSize ?? model.InputSize;
        var pixels = new byte[checked(NoiseImages * (int)shape.Elements)];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)CounterRandom.Below(256, 0, RandomStream.Shuffle, 0, i);
        return new("noise", shape, pixels, new int[NoiseImages], model.LabelNames);
    }

    private static IEnumerable<Imaging.PixelImage> CalibrationSet(DataSet? data, string weights)
    {
        if (data is null) throw new UsageException("--precision int8 needs images", "the steps of 8 bits are laid over the values that images of the training data lead to", $"name the data: nin export {weights} <data> --precision int8");
        var order = CounterRandom.Permutation(data.Train.Count, 0, RandomStream.Shuffle, 0);
        return order.Take(CalibrationImages).Select(data.Train.Picture);
    }

    /// <summary>What the test of exactly these weights, not of a checkpoint, has left beside them.</summary>
    private static double? TestAccuracy(string weights) =>
        JsonFile.Read<EvaluationResult>(new RunDirectory(Path.GetDirectoryName(Path.GetFullPath(weights))!).Evaluation)?.Top1;
}
