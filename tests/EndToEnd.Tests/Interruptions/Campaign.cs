namespace Nin.EndToEnd.Interruptions;

/// <summary>Strikes a training at random moments, from its first millisecond to its last, resumes it each time, and begins anew once it has come to its end.</summary>
/// <param name="job">What is trained.</param>
/// <param name="name">Of the run.</param>
/// <param name="seed">Of the moments.</param>
internal sealed class Campaign(SmallJob job, string name, int seed)
{
    private readonly Random _random = new(seed);
    private bool _isTruncated;

    /// <summary>Trainings that came to their end, all with the weights of the undisturbed one.</summary>
    public int Finished { get; private set; }

    /// <summary>Blows that met a process in its training, not its start.</summary>
    public int Trained { get; private set; }

    /// <summary>Newest checkpoints that were cut off, all of which the resumed process replaced by the one before.</summary>
    public int Truncated { get; private set; }

    /// <summary>Until as many blows have met a living process; then to the end.</summary>
    /// <param name="blows">How many.</param>
    /// <param name="strike">Ends the process.</param>
    /// <param name="truncate">Whether the newest checkpoint is cut off after each blow.</param>
    public void Run(int blows, Action<NinProcess> strike, bool truncate = false)
    {
        for (var done = 0; done < blows;)
        {
            using var process = job.StartOrResume(name);
            // One blow in four may come at any time, the others once the process has taken a step and saved it.
            var isPatient = _random.Next(4) > 0;
            if ((isPatient && !job.WaitForCheckpoint(process, name)) || process.EndsWithin(job.Duration * _random.NextDouble() * (isPatient ? 0.3 : 1)))
            {
                Finish(process);
                continue;
            }
            strike(process);
            done++;
            if (process.Error.Contains("computes on", StringComparison.Ordinal)) Trained++;
            CheckFallback(process);
            SmallJob.AssertReadable(job.Run(name), exceptLast: _isTruncated);
            if (truncate) Truncate();
        }
        using var last = job.StartOrResume(name);
        Finish(last);
    }

    private void Finish(NinProcess process)
    {
        var exitCode = process.ExitCode();
        Assert.True(exitCode == 0, $"exit code {exitCode}: {process.Error}");
        CheckFallback(process);
        job.AssertSame(job.Run(name));
        Directory.Delete(job.Run(name).Path, recursive: true);
        Finished++;
    }

    /// <summary>Once a process has resumed from before a checkpoint that was cut off, it has said so.</summary>
    private void CheckFallback(NinProcess process)
    {
        if (!_isTruncated || !process.Error.Contains("resumed at step", StringComparison.Ordinal)) return;
        Assert.Contains("going on from the checkpoint before it", process.Error);
        _isTruncated = false;
    }

    private void Truncate()
    {
        var run = job.Run(name);
        if (!File.Exists(run.LastCheckpoint) || !File.Exists(run.PreviousCheckpoint)) return;
        using var file = File.OpenWrite(run.LastCheckpoint);
        file.SetLength(_random.NextInt64(file.Length));
        _isTruncated = true;
        Truncated++;
    }
}
