using Nin.Cli.Rendering;
using Nin.Training.Distributed;

namespace Nin.Cli.Consoles;

/// <summary>A command that several ranks carry out together when mpirun has started them. The first one talks for all, and they end as one.</summary>
internal static class Job
{
    // Ranks that fail of the same cause do so within moments.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    /// <summary>Joins the others, works, and gives the exit code of the job: that of the lowest rank that failed.</summary>
    public static int Run(Output output, Func<Ranks, Output, int> work)
    {
        var ranks = Ranks.Join();
        if (ranks == Ranks.Alone) return work(ranks, output);
        Exception? failure = null;
        var exitCode = 0;
        try
        {
            exitCode = work(ranks, ranks.IsFirst ? output : output.Silent());
        }
#pragma warning disable CA1031 // Whatever it was, the other ranks have to hear of it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            failure = fault;
            exitCode = fault is NinException known ? known.ExitCode : 1;
        }
        var exitCodes = ranks.Leave(exitCode, failure is null ? null : _patience);
        if (failure is not null && exitCodes is null)
        {
            // The others work on and would wait for this one for ever.
            output.Terminal.Error.WriteLine($"rank {ranks.Rank} on {ranks.Hosts[ranks.Rank]} fails and ends the job:");
            Show(failure, output);
            ranks.Abort(exitCode);
        }
        var lowest = exitCodes!.TakeWhile(code => code == 0).Count();
        if (failure is not null && lowest == ranks.Rank) Show(failure, output);
        return lowest == ranks.Count ? 0 : exitCodes![lowest];
    }

    private static void Show(Exception failure, Output output) =>
        _ = failure is NinException known ? ErrorText.Show(known, output) : ErrorText.ShowUnexpected(failure, output);
}
