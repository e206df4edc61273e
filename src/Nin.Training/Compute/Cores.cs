using Nin.Training.Native;
using TorchSharp;

namespace Nin.Training.Compute;

/// <summary>
/// The cores in use. Work is split in parts that depend on its length and the thread count alone, so that sums come out the same every time.
/// </summary>
internal static class Cores
{
    private static Team _team = new(1);

    /// <summary>How many threads compute.</summary>
    public static int Count { get; private set; } = Environment.ProcessorCount;

    /// <summary>Sets the threads of our kernels and of libtorch; 0 takes every core.</summary>
    public static void Use(int threads)
    {
        Libtorch.Load();
        Count = threads > 0 ? threads : Environment.ProcessorCount;
        torch.set_num_threads(Count);
    }

    /// <summary>Calls <paramref name="body"/> once a part with (first, end); parts are as even as can be and in order.</summary>
    public static void For(long length, Action<long, long> body)
    {
        var parts = (int)Math.Clamp(length, 1, Count);
        SideBySide(parts, part => body(length * part / parts, length * (part + 1) / parts));
    }

    /// <summary>Calls <paramref name="work"/> with 0 to parts - 1, at most <see cref="Count"/>, all at the same time: parts may wait for each other.</summary>
    public static void SideBySide(int parts, Action<int> work)
    {
        if (_team.Size < parts) _team = new Team(Count);
        _team.Run(parts, work);
    }
}
