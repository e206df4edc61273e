using Nin.Architectures;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nin.Benchmarks.Workers;

/// <summary>TorchSharp as tutorials write it: modules in float32, autograd, SGD with momentum.</summary>
internal sealed class TutorialSteps : ISteps
{
    private readonly Sequential _model;
    private readonly optim.Optimizer _optimizer;
    private readonly CrossEntropyLoss _criterion = CrossEntropyLoss();
    private readonly ReadyBatches _batches;

    /// <summary>Builds the network.</summary>
    public TutorialSteps(BenchmarkCase benchmark)
    {
        _model = Sequential([.. benchmark.Plan.Steps.Select(step => Module(step.Operation)), Flatten()]);
        foreach (var parameter in _model.parameters().Where(parameter => parameter.dim() == 4)) init.kaiming_normal_(parameter, nonlinearity: init.NonlinearityType.ReLU);
        _optimizer = optim.SGD(_model.parameters(), learningRate: 1e-3, momentum: 0.9);
        _batches = new ReadyBatches(benchmark);
        _model.train();
    }

    /// <inheritdoc />
    public void Take()
    {
        using var scope = NewDisposeScope();
        var (images, labels) = _batches.Next();
        _optimizer.zero_grad();
        var loss = _criterion.call(_model.call(images), labels);
        loss.backward();
        _optimizer.step();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _model.Dispose();
        _optimizer.Dispose();
        _criterion.Dispose();
    }

    private static nn.Module<Tensor, Tensor> Module(Operation operation) => operation switch
    {
        ConvolutionOperation c => Conv2d(c.In, c.Out, c.Kernel, stride: c.Stride, padding: c.Padding),
        BatchNormOperation b => BatchNorm2d(b.Channels),
        ReluOperation => ReLU(),
        MaxPoolOperation p => MaxPool2d(p.Kernel, p.Stride, p.Padding, ceil_mode: p.Ceil),
        DropoutOperation d => Dropout(d.Rate),
        GlobalAverageOperation => AdaptiveAvgPool2d(1),
        _ => throw new NotSupportedException($"no benchmark needs {operation}"),
    };
}
