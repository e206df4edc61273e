using System.Text.Json;
using Nin.Files;
using Nin.Json;
using Nin.Runs;
using Nin.Weights;

namespace Nin.Cli.Exporting;

/// <summary>A model that was not trained here but imported or edited, as a folder that all commands take.</summary>
internal static class NewModel
{
    /// <summary>The folder that was named, or a new one among the runs.</summary>
    /// <param name="named">The folder; null for <c>runs/&lt;task&gt;/&lt;name&gt;</c>.</param>
    /// <param name="task">For example <c>import</c>.</param>
    /// <param name="name">A plain folder name.</param>
    public static RunDirectory Folder(string? named, string task, string name) =>
        named is not null ? new RunDirectory(named) : RunStore.Default().Create(task, name);

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
