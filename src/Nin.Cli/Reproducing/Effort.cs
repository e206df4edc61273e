using Nin.Data;
using Nin.Training.Runs;

namespace Nin.Cli.Reproducing;

/// <summary>What an experiment takes.</summary>
/// <param name="Runs">Trainings.</param>
/// <param name="Images">That they see, an image as often as it is seen.</param>
/// <param name="Hours">Of two cores of a server with bfloat16 arithmetic.</param>
internal sealed record Effort(int Runs, long Images, double Hours)
{
    /// <summary>Multiply-accumulates of a forward pass that two such cores train through in a second: nin-cifar10 at 234 images/s, on a slow day (docs/performance.md).</summary>
    private const double MacsPerSecond = 234 * 222e6;

    /// <summary>Estimated from the sizes of data sets and networks, without reading any data.</summary>
    public static Effort Of(Experiment experiment, Scale scale)
    {
        var each = experiment.Runs.Select(run => Of(run, scale)).ToArray();
        return new(each.Length, each.Sum(run => run.Images), each.Sum(run => run.Images * run.Macs) / MacsPerSecond / 3600);
    }

    private static (long Images, double Macs) Of(ExperimentRun run, Scale scale)
    {
        var options = scale.Of(scale.Recipe(run));
        var source = DataCatalogue.Find(options.Data);
        var input = options.ImageSize is { } side ? source.Shape with { Height = side, Width = side } : source.Shape;
        var network = scale.Network(run) is { } own ? own with { Input = input } : NetworkChoice.Resolve(options.Network, input, source.Classes);
        return ((long)(options.Epochs * options.Fraction * (1 - options.Validation) * source.TrainImages), network.Plan().Macs);
    }
}
