using System.Text.Json;
using Nin.Files;
using Nin.Json;
using Nin.Runs;
using Nin.Weights;

namespace Nin.Cli.Exporting;

/// <summary>A model that was not trained here but imported or edited, as a folder that all commands take.</summary>
internal static class NewModel
{
    /// <summary>Writes weights, description and ONNX file, and checks the latter.</summary>
    /// <exception cref="GateException">The engines disagree.</exception>
    public static ExportResult Write(RunDirectory run, ModelDescription description, IReadOnlyDictionary<string, TensorData> weights, Whitening? whitening = null)
    {
        Safetensors.Write(run.Weights, weights, new Dictionary<string, string> { ["format"] = "pt", ["network"] = description.Architecture.Name });
        AtomicFile.WriteText(run.Description, JsonSerializer.Serialize(description, NinJson.Indented));
        whitening?.Write(run.Whitening);
        return ModelExport.Write(new(run.Weights, description, weights, whitening), ExportPrecision.Fp32, data: null, run.Onnx);
    }
}
