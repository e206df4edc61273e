using Nin.Data;
using Nin.Recipes;
using Nin.Runs;
using Nin.Training.Runs;

namespace Nin.Training.Tests.Runs;

/// <summary>No seed of a preset of ours collapses or diverges. The write-ups' and the authors' are not ours: some of them do, or begin slowly, which is what they are kept for.</summary>
public sealed class PresetStabilityTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Ours => [.. ConfigFiles.Names().Where(name => !name.StartsWith("writeup-", StringComparison.Ordinal) && !name.StartsWith("paper-", StringComparison.Ordinal))];

    public void Dispose() => _folder.Dispose();

    /// <summary>Multiply-accumulates an image beyond which a network takes too long for a test suite.</summary>
    private const double MostMacs = 100e6;

    /// <summary>NIN_PRESET_SEEDS, NIN_PRESET_STEPS and NIN_PRESET_FIRST set how many, how far, and from which seed on; NIN_PRESETS, which.</summary>
    [Theory]
    [MemberData(nameof(Ours))]
    public void A_preset_learns_from_its_first_steps_on(string name)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("NIN_PRESETS") is { Length: > 0 } wanted && !wanted.Split(' ').Contains(name), "NIN_PRESETS names others");
        var options = OptionsReader.Read(new TrainingOptions(), name, []) with { OnCollapse = CollapseAction.Stop };
        if (Load(options.Data) is not { } data)
        {
            Assert.Skip($"the files of {options.Data} are not there");
            return;
        }
        var input = options.ImageSize is { } side ? data.Train.Shape with { Height = side, Width = side } : data.Train.Shape;
        var macs = NetworkChoice.Resolve(options.Network, input, data.Train.Classes).Plan().Macs;
        Assert.SkipWhen(macs > MostMacs && Environment.GetEnvironmentVariable("NIN_PRESET_SEEDS") is null, $"{options.Network} takes {macs / 1e6:0} M multiply-accumulates an image: tests/soak/presets");
        for (int seeds = Number("NIN_PRESET_SEEDS", 2), seed = Number("NIN_PRESET_FIRST", 0); seeds > 0; seeds--, seed++)
        {
            var (steps, loss) = Begin(options with { Seed = seed }, data, Number("NIN_PRESET_STEPS", 20));
            output.WriteLine($"{name} seed {seed}: {steps} steps, mean loss {loss:0.000}");
            Assert.True(loss < Math.Log(data.Train.Classes), $"seed {seed}: the mean loss of the first {steps} steps is {loss}, no better than chance");
        }
    }

    private static DataSet? Load(string name)
    {
        try
        {
            return DataCatalogue.Load(name, null);
        }
        catch (DataException)
        {
            return null;
        }
    }

    /// <summary>The first steps of the run as the preset has it, its schedule too.</summary>
    private (long Steps, double Loss) Begin(TrainingOptions options, DataSet data, int steps)
    {
        using var stop = new CancellationTokenSource();
        StepEnded? last = null;
        var ended = TrainingRun.Train(options, data, TinyData.Directory(_folder.Path, $"{options.Name}-{options.Seed}"), happened =>
        {
            last = happened as StepEnded ?? last;
            if (last?.Step >= steps) stop.Cancel();
        }, new StopRequest(() => "interrupted", stop.Token));
        return (ended.Steps, last!.Loss);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;
}
