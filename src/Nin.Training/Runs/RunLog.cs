using System.Text;
using Nin.Runs;
using static System.FormattableString;

namespace Nin.Training.Runs;

/// <summary>Events as plain lines for <c>train.log</c>.</summary>
internal static class RunLog
{
    public static string Line(RunEvent happened) => happened switch
    {
        RunStarted started => Banner(started),
        EpochEnded e => Invariant($"epoch {e.Epoch}: train loss {e.TrainLoss:0.0000} accuracy {e.TrainAccuracy:0.0000}{(e.ValLoss is null ? "" : Invariant($", val loss {e.ValLoss:0.0000} accuracy {e.ValAccuracy:0.0000}"))}, rate {e.LearningRate:0.#####}, {e.ImagesPerSecond:0} images/s{(e.CommunicationShare is { } share ? Invariant($" ({share:0.0%} in communication)") : "")}, {e.Seconds:0.0} s{(e.IsBest ? " *" : "")}\n"),
        RunNoticed notice => notice.Message + "\n",
        RunEnded ended => $"stopped because: {ended.StoppedBecause}{(ended.TestAccuracy is null ? "" : Invariant($"; test accuracy {ended.TestAccuracy:0.0000}"))}\n",
        _ => "",
    };

    private static string Banner(RunStarted started)
    {
        var text = new StringBuilder();
        foreach (var setting in started.Settings) text.Append(setting.Name).Append(": ").Append(setting.Value).Append('\n');
        return text.ToString();
    }
}
