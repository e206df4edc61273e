using Nin.Data;
using Nin.Evaluation;
using Nin.Recipes;
using Nin.Training.Batches;
using Nin.Training.Distributed;
using Nin.Training.Networks;
using Nin.Training.Optimizers;
using Nin.Weights;
using static TorchSharp.torch;

namespace Nin.Training.Runs;

/// <summary>What changes with every step of a run, beside its <see cref="RunProgress"/>: the network, the optimizer, and the average of the weights where one is kept. It is judged and kept by that average.</summary>
internal sealed class Learner : IDisposable
{
    private readonly RunPlan _plan;
    private readonly WeightAverage? _average;

    /// <summary>A network with fresh weights.</summary>
    public Learner(RunPlan plan, int seed)
    {
        var options = plan.Options;
        _plan = plan;
        Network = plan.NewNetwork(seed);
        Optimizer = new Optimizer(Network.Parameters, options.Optimizer);
        _average = options.Optimizer.Average > 0 ? new WeightAverage(Network, options.Optimizer.Average) : null;
    }

    public Network Network { get; }

    public Optimizer Optimizer { get; }

    /// <summary>Whether it is an average of its weights that is judged.</summary>
    public bool IsAveraged => _average is not null;

    /// <summary>All that a step changes.</summary>
    public IEnumerable<Tensor> Everything => [Network.Parameters.Master, .. Network.Statistics.Values.Values, .. Memory().Select(memory => memory.Values)];

    /// <summary>What batch normalisation has seen, and the average of that.</summary>
    public IEnumerable<Tensor> Statistics => [.. Network.Statistics.Values.Values, .. _average?.Values.Skip(1) ?? []]; // the first average is that of the weights

    public void Dispose()
    {
        Network.Dispose();
        Optimizer.Dispose();
        _average?.Dispose();
    }

    /// <summary>One training step, the <paramref name="step"/>th from 0.</summary>
    /// <exception cref="TrainingException">The loss, the gradient or the updated weights are not finite.</exception>
    public BatchLoss Step(Batch batch, int seed, long step, double rate)
    {
        using var scope = NewDisposeScope();
        var loss = TrainingStep.Take(Network, Optimizer, batch, new Pass(Training: true, seed, step), _plan.Options.Loss, rate, _plan.Ranks);
        _average?.Add(step + 1);
        return loss;
    }

    public EvaluationResult Evaluate(ImageSet images) => Judge(images, ModelTester.Evaluate);

    /// <summary>The last word on a run: with mirror images too where the training mirrored them.</summary>
    public EvaluationResult Test(ImageSet images) => Judge(images, _plan.Options.Augmentation.Flip == FlipKind.None ? ModelTester.Evaluate : ModelTester.EvaluateWithFlips);

    /// <summary>The weights that are judged.</summary>
    public IReadOnlyList<KeyValuePair<string, TensorData>> Weights()
    {
        using var averaged = _average?.Use();
        return NetworkWeights.Export(Network);
    }

    /// <summary>Everything but the network's own weights, by the names in a checkpoint.</summary>
    public IEnumerable<(string Name, Tensor Values)> Memory()
    {
        yield return ("optimizer.mean", Optimizer.Mean);
        if (Optimizer.Square is { } square) yield return ("optimizer.square", square);
        for (var i = 0; i < _average?.Values.Count; i++) yield return ($"average.{i}", _average.Values[i]);
    }

    private EvaluationResult Judge(ImageSet images, Func<Network, ImageSet, PixelPipeline, int, Ranks, EvaluationResult> evaluate)
    {
        using var scope = NewDisposeScope();
        using var averaged = _average?.Use();
        return evaluate(Network, images, _plan.Pipeline(images), _plan.Options.Batch, _plan.Ranks);
    }
}
