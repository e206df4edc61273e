namespace Nin.Benchmarks;

/// <summary>One way to take a training step, in a process of its own.</summary>
/// <param name="Key">How the process is told which way is wanted.</param>
/// <param name="Name">As tables show it.</param>
/// <param name="Details">What exactly is measured.</param>
/// <param name="IsPython">Runs in Python; the others in this program.</param>
/// <param name="WarmUpSteps">The fewest steps before measuring.</param>
internal sealed record Contestant(string Key, string Name, string Details, bool IsPython = false, int WarmUpSteps = 2)
{
    /// <summary>The code path of <c>nin train</c>, which all others are compared with.</summary>
    public static Contestant Ours { get; } = new("nin", "Nin",
        "the code path of `nin train`: shuffling, flips, resizing and normalising included", WarmUpSteps: 12);

    /// <summary>No training: the convolutions of the network and nothing else, which is the floor for a step made of libtorch's convolutions.</summary>
    public static Contestant Convolutions { get; } = new("convolutions", "its convolutions alone",
        "forward and backward of every convolution through TorchSharp, bfloat16, channels-last, malloc and OpenMP as in Nin");

    /// <summary>Everyone that trains, ours last.</summary>
    public static IReadOnlyList<Contestant> Trainers { get; } =
    [
        new("float32", "PyTorch", "as tutorials write it: nn.Sequential, autograd, float32, torch.optim.SGD with momentum, batches from tensors in memory", IsPython: true),
        new("bfloat16", "PyTorch bf16", "the same with autocast to bfloat16 and channels_last", IsPython: true),
        new("torchsharp", "TorchSharp", "as tutorials write it: modules, autograd, float32, optim.SGD with momentum, batches from tensors in memory"),
        new("torchsharp-bf16", "TorchSharp bf16", "bfloat16 copies of float32 weights and channels-last by hand, nothing else"),
        Ours,
    ];

    /// <summary>Everyone, in the order of a round.</summary>
    public static IReadOnlyList<Contestant> All { get; } = [.. Trainers, Convolutions];

    /// <summary>Whether malloc and OpenMP stay as the system has them.</summary>
    public bool HasPlainAllocator => !IsPython && this != Ours && this != Convolutions;
}
