using Nin.Cli.Rendering;
using Spectre.Console;

namespace Nin.Cli.Tests.Rendering;

public sealed class LiveTrainingTests
{
    [Fact]
    public void The_lines_stay_above_the_bar()
    {
        var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });
        console.Profile.Width = 120;
        var display = new LiveTraining(console, new ManualClock());
        var ended = display.During(() =>
        {
            foreach (var (_, happened) in RunSamples.Events()) display.Show(happened);
            return RunSamples.Ended;
        });
        Assert.Same(RunSamples.Ended, ended);
        Assert.Contains("learning rate  0.4, one-cycle", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("2/2      0.3062    93.12 %", written.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\e[?25h", written.ToString().TrimEnd(), StringComparison.Ordinal);
    }
}
