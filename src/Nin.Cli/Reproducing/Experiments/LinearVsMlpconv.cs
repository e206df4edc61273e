using Nin.Architectures;

namespace Nin.Cli.Reproducing.Experiments;

/// <summary>The paper's idea on its own: a perceptron in place of a linear window, at equal parameters.</summary>
internal static class LinearVsMlpconv
{
    private static readonly ExperimentRun _mlpconv = CifarRuns.Nin with { Label = "mlpconv" };

    private static readonly ExperimentRun _linear = CifarRuns.Other("plain convolutions", new()
    {
        Name = "linear-cifar10",
        Source = "nin-cifar10 without its 1x1 convolutions, the other layers as wide as its parameters allow",
        Input = new(3, 32, 32),
        Layers =
        [
            new Convolution(192, 5, Padding: 2), new MaxPool(3, 2, Ceil: true), new Dropout(),
            new Convolution(195, 5, Padding: 2), new MaxPool(3, 2, Ceil: true), new Dropout(),
            new Convolution(10, 3, Padding: 1), new GlobalAveragePool(),
        ],
    });

    public static Experiment Experiment { get; } = new()
    {
        Name = "linear-vs-mlpconv",
        Title = "Plain convolutions against mlpconv at equal parameters",
        Source = "sections 1 and 3.1",
        Shows = "A small perceptron abstracts a patch better than a linear window does. The paper argues so; here both networks have the same windows and the same number of parameters, to within a quarter of a per cent.",
        Runs = [_mlpconv, _linear],
        Findings = [Findings.Lower("Mlpconv layers beat plain convolutions", _mlpconv, _linear)],
    };
}
