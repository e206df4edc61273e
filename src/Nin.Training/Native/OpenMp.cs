using System.Runtime.InteropServices;
using TorchSharp;

namespace Nin.Training.Native;

/// <summary>The threads that libtorch's operations split themselves over: the OpenMP team of whichever thread calls them.</summary>
internal static unsafe partial class OpenMp
{
    // Idle threads spin this often before they sleep (about half a millisecond): long enough to bridge two operations of a step,
    // short enough to leave the core to a neighbour. libgomp's own default is ten times longer.
    private const string Spins = "30000";

    [ThreadStatic]
    private static bool _isKnownToLibtorch;

    private static delegate* unmanaged<int, void> _setThreads;

    /// <summary>Whether libtorch came with an OpenMP in which each thread can have its own number.</summary>
    public static bool IsAvailable => _setThreads is not null;

    /// <summary>To be called before libtorch is loaded: its OpenMP reads the environment once.</summary>
    public static void LimitSpinning()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("GOMP_SPINCOUNT") is null && Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
            _ = SetEnvironment("GOMP_SPINCOUNT", Spins, 0);
    }

    /// <summary>Finds the entry point among the libraries that libtorch brought.</summary>
    public static void Find(nint libtorch)
    {
        if (NativeLibrary.TryGetExport(libtorch, "omp_set_num_threads", out var set)) _setThreads = (delegate* unmanaged<int, void>)set;
    }

    /// <summary>Sets over how many threads libtorch's operations are split when the calling thread starts them, where that is possible.</summary>
    public static void UseThreads(int count)
    {
        if (!IsAvailable) return;
        if (!_isKnownToLibtorch)
        {
            _ = torch.get_num_threads(); // libtorch sets the number itself when it first sees a thread
            _isKnownToLibtorch = true;
        }
        _setThreads(count);
    }

    // Environment.SetEnvironmentVariable does not reach the environment that native code reads.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
