using Nin.Inference;
using Nin.Json;
using Nin.Onnx;
using Nin.Runs;
using Nin.Weights;

namespace Nin.Cli.Exporting;

/// <summary>A model that was not trained here but imported or edited, as a folder that all commands take.</summary>
internal static class NewModel
{
    /// <summary>Writes weights, description and ONNX file, once both engines agree on the latter.</summary>
    /// <param name="named">The folder; null for <c>runs/&lt;task&gt;/&lt;name&gt;</c>.</param>
    /// <param name="task">For example <c>import</c>.</param>
    /// <param name="name">A plain folder name.</param>
    /// <param name="model">The weights, what they belong to, and the file that they come from.</param>
    /// <exception cref="UsageException">There is a model in the folder.</exception>
    /// <exception cref="GateException">The engines disagree; nothing was written.</exception>
    public static (RunDirectory Run, ExportResult Export) Write(string? named, string task, string name, StoredModel model)
    {
        if (named is not null) RequireFree(new(named), task);
        var onnx = OnnxModel.Of(model);
        using var exported = Classifier.Load(onnx);
        var parity = EngineParity.Measure(model, exported, ModelExport.Noise(model.Description));
        parity.Check($"the model of {model.Path}");

        var run = named is null ? RunStore.Default().Create(task, name) : new(named);
        Safetensors.Write(run.Weights, model.Weights, new Dictionary<string, string> { ["format"] = "pt", ["network"] = model.Description.Architecture.Name });
        JsonFile.Write(run.Description, model.Description);
        model.Whitening?.Write(run.Whitening);
        onnx.Write(run.Onnx);
        return (run, new(run.Onnx, ExportPrecision.Fp32, new FileInfo(run.Onnx).Length, parity, Before: null, After: null));
    }

    /// <summary>Weights are not written over, nor beside what was measured of others.</summary>
    private static void RequireFree(RunDirectory folder, string task)
    {
        if (new[] { folder.Description, folder.Weights, folder.Onnx, folder.Evaluation }.FirstOrDefault(File.Exists) is { } there)
            throw new UsageException($"{folder.Path} holds a model", $"{there} is there, and nin {task} writes over no model", "choose another folder with --out");
    }
}
