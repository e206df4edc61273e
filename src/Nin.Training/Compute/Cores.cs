using Nin.Training.Native;
using TorchSharp;

namespace Nin.Training.Compute;

/// <summary>Splits a range over the cores in use. The split depends on the range and the thread count alone, so that sums come out the same every time.</summary>
internal static class Cores
{
    /// <summary>How many threads kernels use.</summary>
    public static int Count { get; private set; } = Environment.ProcessorCount;

    /// <summary>Sets the threads of our kernels and of libtorch; 0 takes every core.</summary>
    public static void Use(int threads)
    {
        Libtorch.Load();
        Count = threads > 0 ? threads : Environment.ProcessorCount;
        torch.set_num_threads(Count);
    }

    /// <summary>Calls <paramref name="body"/> once a part with (part, first, end); parts are as even as can be and in order.</summary>
    public static void For(long length, Action<int, long, long> body)
    {
        var parts = (int)Math.Min(Count, length);
        void Part(int part) => body(part, length * part / parts, length * (part + 1) / parts);

        if (parts <= 1)
        {
            if (parts == 1) Part(0);
        }
        else if (OpenMp.IsAvailable)
        {
            OpenMp.Run(parts, Part);
        }
        else
        {
            Parallel.For(0, parts, Part);
        }
    }
}
