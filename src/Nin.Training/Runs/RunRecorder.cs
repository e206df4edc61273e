using System.Text.Json;
using Nin.Json;
using Nin.Runs;
using TorchSharp;
using TorchSharp.Modules;

namespace Nin.Training.Runs;

/// <summary>Writes a run's events into its folder: a CSV row an epoch, a JSON line an event, TensorBoard; and passes them on.</summary>
/// <param name="directory">The run's folder.</param>
/// <param name="report">Who else listens.</param>
internal sealed class RunRecorder(RunDirectory directory, Action<RunEvent> report)
{
    private SummaryWriter? _tensorBoard;

    public void Record(RunEvent happened)
    {
        if (happened is not StepEnded)
        {
            Append(directory.Events, JsonSerializer.Serialize(happened, NinJson.Line) + "\n");
            Append(directory.Log, RunLog.Line(happened));
        }
        if (happened is EpochEnded epoch)
        {
            ResultsCsv.Append(directory.Results, epoch);
            DrawOnTensorBoard(epoch);
        }
        report(happened);
    }

    private void DrawOnTensorBoard(EpochEnded epoch)
    {
        _tensorBoard ??= torch.utils.tensorboard.SummaryWriter(directory.TensorBoard, createRunName: false);
        foreach (var (name, value) in RunLog.Scalars(epoch)) _tensorBoard.add_scalar(name, (float)value, epoch.Epoch);
    }

    private static void Append(string path, string text)
    {
        if (text.Length == 0) return;
        try
        {
            File.AppendAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"cannot write {path}", e.Message, "free space or choose another folder with --out", e);
        }
    }
}
