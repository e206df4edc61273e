using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Exporting;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Data;
using Nin.Weights;

namespace Nin.Cli.Commands;

/// <summary><c>nin export</c>: writes a model as an ONNX file.</summary>
internal static class ExportCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var model = new Argument<string>("model") { Description = "name or folder of a run, a checkpoint, or a model.safetensors" }.OffersRuns();
        var data = new Argument<string?>("data") { Description = "data to compare, calibrate and test on; the model's own when left out", Arity = ArgumentArity.ZeroOrOne }.OffersData();
        var root = new Option<string>("--data") { Description = "folder that holds the official files", HelpName = "folder" };
        var precision = TypedFlag.Choice<ExportPrecision>("--precision", "arithmetic of the exported model");
        var file = new Option<string>("--out") { Description = "file to write; model.onnx, model-fp16.onnx or model-int8.onnx beside the weights when left out", HelpName = "file" };
        var command = new NinCommand("export", "writes a model as an ONNX file, and checks that it computes the same",
            new("nin export fashion-mnist", "model.onnx in the run of that name"),
            new("nin export fashion-mnist --precision int8", "8-bit: a third of the size, about twice as fast; accuracy before and after is shown"),
            new("nin export checkpoints/best.safetensors --out best.onnx", "a checkpoint, into a file of that name"))
        {
            model, data, root, precision, file,
        };
        command.SetAction(parse =>
        {
            var path = ModelData.Find(parse.GetRequiredValue(model));
            var stored = StoredModel.Read(path);
            var kind = precision.OneOf<ExportPrecision>(parse) ?? ExportPrecision.Fp32;
            var found = Find(path, parse.GetValue(data), parse.GetValue(root), output);
            var result = ModelExport.Write(stored, kind, found, parse.GetValue(file) ?? Usual(stored.Path, kind));
            output.Answer(result, ExportText.Lines(result));
            return 0;
        });
        return command;
    }

    private static string Usual(string weights, ExportPrecision precision) =>
        Path.Combine(Path.GetDirectoryName(weights) ?? "", precision == ExportPrecision.Fp32 ? "model.onnx" : $"model-{precision.ToString().ToLowerInvariant()}.onnx");

    /// <summary>The data; null where none was named and the model's own is not to be had.</summary>
    private static DataSet? Find(string model, string? named, string? root, Output output)
    {
        try
        {
            return ModelData.Load(model, named, root, $"nin export {ShellWord.Quoted(model)} <data>", output);
        }
        catch (NinException e) when (named is null && e is UsageException or DataException)
        {
            output.Remark($"no data to compare on ({e.Message}): both engines are compared on noise");
            return null;
        }
    }
}
