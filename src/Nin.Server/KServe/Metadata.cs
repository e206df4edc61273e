using Nin.Onnx;
using Nin.Server.Http;
using Nin.Server.Models;

namespace Nin.Server.KServe;

/// <summary>What the server and its models say of themselves, in the words of the KServe v2 protocol.</summary>
internal static class Metadata
{
    /// <summary><c>GET /v2</c>.</summary>
    public static Task Server(HttpContext context) =>
        JsonAnswer.Write(context, new { name = "nin", version = NinServer.Version, extensions = new[] { "binary_tensor_data" } });

    /// <summary><c>GET /v2/models/{name}</c>.</summary>
    public static Task Model(HttpContext context, ServedModel model)
    {
        var loaded = model.Current;
        var (classifier, input) = (loaded.Classifier, loaded.Classifier.Input);
        var classes = classifier.LabelNames.Length;
        object[] outputs = [Tensor(OnnxModel.Logits, -1, classes), Tensor(OnnxModel.Probabilities, -1, classes)];
        if (loaded.Architecture.Plan().ClassMaps is { Output: var cells }) outputs = [.. outputs, Tensor(OnnxModel.ClassMaps, -1, classes, cells.Height, cells.Width)];
        return JsonAnswer.Write(context, new
        {
            name = model.Name,
            versions = new[] { "1" },
            platform = "onnxruntime_onnx",
            inputs = new[] { Tensor(OnnxModel.Images, -1, input.Channels, input.Height, input.Width) },
            outputs,
            parameters = new
            {
                label_names = classifier.LabelNames,
                input_size = new[] { input.Channels, input.Height, input.Width },
                dataset = classifier.Metadata.Dataset,
                test_accuracy = classifier.Metadata.TestAccuracy,
                architecture = loaded.Architecture.Name,
                sha256 = loaded.Sha256,
            },
        });
    }

    private static object Tensor(string name, params int[] shape) => new { name, datatype = "FP32", shape };
}
