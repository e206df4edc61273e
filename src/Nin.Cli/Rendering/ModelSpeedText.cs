using Nin.Cli.Benching;

namespace Nin.Cli.Rendering;

/// <summary>How fast a model runs, beside ONNX Runtime alone.</summary>
internal static class ModelSpeedText
{
    /// <summary>A line for batches, one for a picture.</summary>
    public static IEnumerable<string> Lines(ModelSpeed speed) =>
    [
        $"batches of {speed.Batch}: {NumberText.Count(speed.ImagesPerSecond)} images/s from pixels to labels, {speed.ImagesPerSecond / speed.BareImagesPerSecond * 100:0} % of ONNX Runtime alone ({NumberText.Count(speed.BareImagesPerSecond)})",
        $"a picture: {speed.PictureMs:0.000} ms from file to label, {speed.PictureMs / (speed.BareMs + speed.DecodeMs):0.00} x decoding ({speed.DecodeMs:0.000}) and ONNX Runtime alone ({speed.BareMs:0.000})",
    ];
}
