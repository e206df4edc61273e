using Nin.Onnx;
using Nin.Server.Http;
using Nin.Server.Models;

namespace Nin.Server.KServe;

/// <summary>What the server and its models say of themselves, in the words of the KServe v2 protocol.</summary>
internal static class Metadata
{
    /// <summary>The one version of every model: a file that takes the place of another is the same version.</summary>
    public const string Version = "1";

    /// <summary><c>GET /v2</c>.</summary>
    public static Task Server(HttpContext context) =>
        JsonAnswer.Write(context, new { name = "nin", version = NinServer.Version, extensions = new[] { "binary_tensor_data" } });

    /// <summary><c>GET /v2/models</c>, which is not of the protocol: the names, so that a client need not be told.</summary>
    public static Task Models(HttpContext context, ModelSet models) =>
        JsonAnswer.Write(context, new { models = models.All.Select(model => new { name = model.Name, state = model.Current is null ? "LOADING" : "READY" }) });

    /// <summary><c>GET /v2/models/{name}</c>.</summary>
    public static Task Model(HttpContext context, ServedModel served)
    {
        using var use = served.Begin();
        var (model, classifier, input) = (use.Model, use.Model.Classifier, use.Model.Classifier.Input);
        return JsonAnswer.Write(context, new
        {
            name = served.Name,
            versions = new[] { Version },
            platform = "onnxruntime_onnx",
            inputs = new[] { Tensor(OnnxModel.Images, [input.Channels, input.Height, input.Width]) },
            outputs = model.Outputs.Select(output => Tensor(output.Name, output.Shape)),
            parameters = new
            {
                label_names = classifier.LabelNames,
                input_size = new[] { input.Channels, input.Height, input.Width },
                dataset = classifier.Metadata.Dataset,
                test_accuracy = classifier.Metadata.TestAccuracy,
                architecture = model.Architecture.Name,
                sha256 = model.Sha256,
            },
        });
    }

    /// <summary>-1 stands for the batch.</summary>
    private static object Tensor(string name, int[] shape) => new { name, datatype = "FP32", shape = (int[])[-1, .. shape] };
}
