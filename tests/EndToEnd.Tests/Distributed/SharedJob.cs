using Nin.Architectures;
using Nin.Runs;
using Nin.Weights;

namespace Nin.EndToEnd.Distributed;

/// <summary>A training of fifty steps, an epoch each, that takes a rank a moment: dropout, flips, shifts and cut-outs, float32.</summary>
public sealed class SharedJob : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SharedJob()
    {
        Bars.Write(_folder["data"], "train", 60);
        Bars.Write(_folder["data"], "t10k", 30);
        foreach (var norm in (bool[])[false, true])
        {
            ArchitectureJson.Write(Network(norm), new()
            {
                Name = "tiny",
                Input = new(1, 28, 28),
                Layers = [new MaxPool(4, 4), new Mlpconv([8, 8], 3, Padding: 1, BatchNorm: norm), new Dropout(0.2), new Mlpconv([8, 10], 3, Padding: 1, BatchNorm: norm, FinalRelu: false), new GlobalAveragePool()],
            });
        }
    }

    public string Folder => _folder.Path;

    public void Dispose() => _folder.Dispose();

    /// <summary>The run of a name.</summary>
    public RunDirectory Run(string name) => new(_folder["runs", "train", name]);

    /// <summary>The arguments that begin a run.</summary>
    public string[] Begin(string name, bool norm = false, params string[] more) =>
    [
        "train", "--data", _folder["data"], "--net", Network(norm), "--epochs", "50", "--batch", "60", "--val", "0", "--threads", "1", "--lr", "0.02", "--precision", "fp32", "--set", "initialisation.first_layer=random",
        "--set", "optimizer.kind=sgd", "--momentum", "0.9", "--set", "optimizer.bias_rate=4", "--set", "optimizer.first_layer_rate=1", "--set", "optimizer.last_layer_rate=1",
        "--set", "augmentation.flip=random", "--set", "augmentation.shift=2", "--set", "augmentation.cutout=6", "--no-report", "--out", _folder["runs"], "--name", name, .. more,
    ];

    /// <summary>
    /// Losses to 1e-4 and weights to 1e-3 of the largest, whoever computed them; what is below 1e-6, such as a bias in front of a batch normalisation, is rounding.
    /// </summary>
    public void AssertNear(string expected, string actual)
    {
        var (losses, others) = (Losses(expected), Losses(actual));
        Assert.Equal(losses.Length, others.Length);
        for (var step = 0; step < losses.Length; step++) Assert.True(Math.Abs(others[step] - losses[step]) <= 1e-4 * losses[step], $"step {step + 1}: {losses[step]} and {others[step]}");
        var (weights, copies) = (Safetensors.Read(Run(expected).Weights).Tensors, Safetensors.Read(Run(actual).Weights).Tensors);
        Assert.Equal(weights.Keys, copies.Keys);
        foreach (var (name, tensor) in weights)
        {
            var (values, same) = (tensor.ToFloats(), copies[name].ToFloats());
            var largest = values.Max(Math.Abs);
            for (var i = 0; i < values.Length; i++) Assert.True(Math.Abs(same[i] - values[i]) <= 1e-3 * largest + 1e-6, $"{name}: {values[i]} and {same[i]}");
        }
    }

    private double[] Losses(string name) => [.. ResultsCsv.Read(Run(name).Results).Select(row => row.TrainLoss)];

    private string Network(bool norm) => _folder[$"net-{norm}.json"];
}
