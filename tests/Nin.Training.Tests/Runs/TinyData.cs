using System.Collections.Immutable;
using Nin.Architectures;
using Nin.Data;
using Nin.Recipes;
using Nin.Runs;

namespace Nin.Training.Tests.Runs;

/// <summary>Small jobs that a test can run many times: noisy pictures of bars whose place tells the class.</summary>
internal static class TinyData
{
    private static readonly ImmutableArray<string> Names = ["one", "two", "three", "four"];

    public static DataSet Set(int train = 96, int test = 32, int side = 12) => new("tiny", Part("tiny train", train, side, 1), Part("tiny test", test, side, 2));

    /// <summary>A small NiN in a file, with or without what keeps it from collapsing.</summary>
    public static string NetworkFile(string folder, bool batchNorm = true, bool finalRelu = false, int side = 12)
    {
        var path = Path.Combine(folder, $"net-{batchNorm}-{finalRelu}.json");
        ArchitectureJson.Write(path, new Architecture
        {
            Name = "tiny",
            Input = new Shape(1, side, side),
            Layers = [new Mlpconv([16, 16], 3, Padding: 1, BatchNorm: batchNorm), new MaxPool(2, 2), new Dropout(0.2), new Mlpconv([16, 4], 3, Padding: 1, BatchNorm: batchNorm, FinalRelu: finalRelu), new GlobalAveragePool()],
        });
        return path;
    }

    public static TrainingOptions Options(string folder) => new()
    {
        Network = NetworkFile(folder),
        Epochs = 3,
        Batch = 16,
        Validation = 0.25,
        Seed = 7,
        Threads = 2,
        Optimizer = new() { LearningRate = 0.05, Nesterov = true, WeightDecay = 5e-4 },
        Augmentation = new() { Flip = FlipKind.Alternating, Shift = 1 },
    };

    public static RunDirectory Directory(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        System.IO.Directory.CreateDirectory(path);
        return new RunDirectory(path);
    }

    private static ImageSet Part(string name, int count, int side, int seed)
    {
        var random = new Random(seed);
        var (pixels, labels) = (new byte[count * side * side], new int[count]);
        for (var n = 0; n < count; n++)
        {
            labels[n] = n % Names.Length;
            for (var i = 0; i < side * side; i++)
            {
                var inBar = i / side / (side / Names.Length) == labels[n];
                pixels[n * side * side + i] = (byte)(random.Next(80) + (inBar ? 150 : 0));
            }
        }
        return new ImageSet(name, new Shape(1, side, side), pixels, labels, Names);
    }
}
