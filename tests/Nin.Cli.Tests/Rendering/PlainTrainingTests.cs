using Nin.Cli.Rendering;

namespace Nin.Cli.Tests.Rendering;

public sealed class PlainTrainingTests
{
    [Fact]
    public void A_run_is_a_banner_epoch_lines_and_a_line_every_ten_seconds()
    {
        var captured = new CapturedTerminal();
        var display = new PlainTraining(captured.Terminal.Error, captured.Clock);
        foreach (var (seconds, happened) in RunSamples.Events())
        {
            captured.Clock.Advance(seconds);
            display.Show(happened);
        }
        Assert.DoesNotContain('\e', captured.Error);
        Snapshot.Check(captured.Error.Replace($"nin {VersionText.Version}:", "nin VERSION:", StringComparison.Ordinal));
    }

    [Fact]
    public void An_epoch_without_validation_shows_dashes() =>
        Assert.Equal("     1/2      0.6123    78.12 %         -         -       0.4    21,034     0:21", TrainingLines.Epoch(RunSamples.EpochOf(1) with { ValLoss = null, ValAccuracy = null }, 2));

    [Fact]
    public void Epoch_lines_stand_under_their_header() =>
        Assert.Equal(TrainingLines.EpochHeader.Length, TrainingLines.Epoch(RunSamples.EpochOf(1), 2).Length);
}
