using System.Text.Json;
using Nin.Files;
using Nin.Json;
using Nin.Runs;

namespace Nin.Training.Runs;

/// <summary>
/// Writes a run's events into its folder: a CSV row an epoch, a JSON line an event, TensorBoard; and passes them on. What cannot be written
/// is said once and does not stop the training.
/// </summary>
/// <param name="directory">The run's folder.</param>
/// <param name="report">Who else listens.</param>
/// <param name="isSilent">Nothing is written or passed on: another rank does it.</param>
internal sealed class RunRecorder(RunDirectory directory, Action<RunEvent> report, bool isSilent = false)
{
    private readonly TensorBoardLog _tensorBoard = new(directory.TensorBoard);

    /// <summary>By file, what there was no room for yet.</summary>
    private readonly Dictionary<string, Queue<Action>> _waiting = [];

    /// <summary>The first file that could not be written; null while all is well.</summary>
    public OutputException? Failure { get; private set; }

    /// <summary>Writes an event down and passes it on.</summary>
    public void Record(RunEvent happened)
    {
        Append(directory.Events, () => LineFile.Append(directory.Events, JsonSerializer.Serialize(happened, NinJson.Line) + "\n"));
        Append(directory.Log, () => LineFile.Append(directory.Log, RunLog.Line(happened)));
        if (happened is EpochEnded epoch)
        {
            Append(directory.Results, () => ResultsCsv.Append(directory.Results, epoch));
            Append(directory.TensorBoard, () => _tensorBoard.Add(epoch));
        }
        Tell(happened);
    }

    /// <summary>Passes an event on without writing it down.</summary>
    public void Tell(RunEvent happened)
    {
        if (!isSilent) report(happened);
    }

    /// <summary>Writes a file of the run; a failure is remembered and told.</summary>
    public void Write(Action write)
    {
        if (isSilent) return;
        try
        {
            write();
        }
        catch (OutputException e)
        {
            if (Failure is null) report(new RunNoticed($"{e.Message} ({e.Why}); training goes on, the last good checkpoint stays"));
            Failure ??= e;
        }
    }

    /// <summary>Adds to a file, behind what it lacks from the time when it could not be written.</summary>
    private void Append(string file, Action line)
    {
        if (isSilent) return;
        if (!_waiting.TryGetValue(file, out var lines)) _waiting[file] = lines = new();
        lines.Enqueue(line);
        Write(() =>
        {
            for (; lines.TryPeek(out var next); lines.Dequeue()) next();
        });
    }

    /// <summary>Takes back what was recorded after an epoch, before the run goes on from there.</summary>
    public void Rewind(int epoch)
    {
        if (isSilent) return;
        _waiting.Clear();
        EpochEnded[] rows = File.Exists(directory.Results) ? [.. ResultsCsv.Read(directory.Results).Where(row => row.Epoch <= epoch)] : [];
        Write(() => ResultsCsv.Write(directory.Results, rows));
        if (File.Exists(directory.Events))
        {
            var lines = File.ReadLines(directory.Events).Where(line => Holds(line, epoch)).ToList();
            Write(() => AtomicFile.WriteText(directory.Events, string.Concat(lines.Select(line => line + "\n"))));
        }
        Write(() => _tensorBoard.Redraw(rows));
    }

    private static bool Holds(string line, int epoch)
    {
        try
        {
            return JsonSerializer.Deserialize<RunEvent>(line, NinJson.Line) switch
            {
                null or RunEnded => false,
                EpochEnded ended => ended.Epoch <= epoch,
                _ => true,
            };
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return false; // The beginning of a line whose process was killed, or an event without a type.
        }
    }
}
