using System.Collections.Immutable;
using System.Globalization;
using Nin.Files;

namespace Nin.Runs;

/// <summary><c>results.csv</c>: a row an epoch, in invariant culture; what is not known stays empty.</summary>
public static class ResultsCsv
{
    /// <summary>The first line.</summary>
    public const string Header = "epoch,step,seconds,train/loss,train/accuracy,val/loss,val/accuracy,learning_rate,images_per_second,peak_memory_mb,dead_maps";

    /// <summary>Adds a row, and before the first one the header. A line that an earlier process left half written is replaced.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Append(string path, EpochEnded epoch) => LineFile.Append(path, $"{Format(epoch)}\n", $"{Header}\n");

    /// <summary>Replaces the file, for runs that go on from before their last row.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<EpochEnded> epochs) =>
        AtomicFile.WriteText(path, string.Concat(epochs.Select(epoch => $"{Format(epoch)}\n").Prepend($"{Header}\n")));

    /// <summary>Every complete row; <see cref="EpochEnded.IsBest"/> is not stored and false.</summary>
    /// <exception cref="DataException">The file is missing, or a row is not as <see cref="Append"/> writes it.</exception>
    public static ImmutableArray<EpochEnded> Read(string path)
    {
        var lines = Content(path).Split('\n');
        // A process that was killed, or a full disk, may have left the file empty or cut its header off.
        if (lines.Length == 1 && Header.StartsWith(lines[0], StringComparison.Ordinal)) return [];
        if (lines[0].TrimEnd('\r') != Header) throw Damaged(path, 1, lines[0], Header);
        // The last piece is empty, or the beginning of a row whose process was killed.
        return [.. lines[1..^1].Select((line, i) => Parse(line.TrimEnd('\r')) ?? throw Damaged(path, i + 2, line, Header))];
    }

    private static string Content(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"cannot read {path}", e.Message, "check the path and its permissions", e);
        }
    }

    private static string Format(EpochEnded e) => string.Create(
        CultureInfo.InvariantCulture,
        $"{e.Epoch},{e.Step},{e.Seconds},{e.TrainLoss},{e.TrainAccuracy},{e.ValLoss},{e.ValAccuracy},{e.LearningRate},{e.ImagesPerSecond},{e.PeakMemoryMb},{e.DeadMaps}");

    private static EpochEnded? Parse(string line)
    {
        var cells = line.Split(',');
        if (cells.Length != 11 || !int.TryParse(cells[0], CultureInfo.InvariantCulture, out var epoch)) return null;
        if (!long.TryParse(cells[1], CultureInfo.InvariantCulture, out var step) || !int.TryParse(cells[10], CultureInfo.InvariantCulture, out var dead)) return null;
        var numbers = new double?[11];
        for (var i = 2; i < 10; i++)
        {
            if (double.TryParse(cells[i], CultureInfo.InvariantCulture, out var number)) numbers[i] = number;
            else if (cells[i].Length > 0 || i is not (5 or 6)) return null;
        }
        return new EpochEnded
        {
            Epoch = epoch,
            Step = step,
            Seconds = numbers[2]!.Value,
            TrainLoss = numbers[3]!.Value,
            TrainAccuracy = numbers[4]!.Value,
            ValLoss = numbers[5],
            ValAccuracy = numbers[6],
            LearningRate = numbers[7]!.Value,
            ImagesPerSecond = numbers[8]!.Value,
            PeakMemoryMb = numbers[9]!.Value,
            DeadMaps = dead,
        };
    }

    private static DataException Damaged(string path, int number, string found, string expected) =>
        new($"{path} is damaged", $"line {number} is \"{found}\", expected {expected}", "remove the file, or the line");
}
