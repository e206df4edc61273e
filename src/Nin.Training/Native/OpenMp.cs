using System.Runtime.InteropServices;

namespace Nin.Training.Native;

/// <summary>
/// libtorch's own team of threads, for our kernels too: a second team would fight with it for the cores, and wake-ups between the two cost more than many a kernel.
/// </summary>
internal static unsafe partial class OpenMp
{
    // Idle threads spin this often before they sleep (about half a millisecond): long enough to bridge two operations of a step,
    // short enough to leave the core to a neighbour. libgomp's own default is ten times longer.
    private const string Spins = "30000";

    private static delegate* unmanaged<delegate* unmanaged<nint, void>, nint, uint, uint, void> _parallel;
    private static delegate* unmanaged<int> _threadNumber;
    private static delegate* unmanaged<int> _teamSize;

    /// <summary>Whether libtorch came with a GNU OpenMP, whose entry points are known.</summary>
    public static bool IsAvailable => _parallel is not null;

    /// <summary>To be called before libtorch is loaded: its OpenMP reads the environment once.</summary>
    public static void LimitSpinning()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("GOMP_SPINCOUNT") is null && Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
            _ = SetEnvironment("GOMP_SPINCOUNT", Spins, 0);
    }

    /// <summary>Finds the entry points among the libraries that libtorch brought.</summary>
    public static void Find(nint libtorch)
    {
        if (!NativeLibrary.TryGetExport(libtorch, "GOMP_parallel", out var parallel)
            || !NativeLibrary.TryGetExport(libtorch, "omp_get_thread_num", out var number)
            || !NativeLibrary.TryGetExport(libtorch, "omp_get_num_threads", out var size)) return;
        _threadNumber = (delegate* unmanaged<int>)number;
        _teamSize = (delegate* unmanaged<int>)size;
        _parallel = (delegate* unmanaged<delegate* unmanaged<nint, void>, nint, uint, uint, void>)parallel;
    }

    /// <summary>Runs parts 0 to <paramref name="parts"/> - 1 on the team. Parts must not throw.</summary>
    public static void Run(int parts, Action<int> part)
    {
        var work = GCHandle.Alloc(new Work(parts, part));
        try
        {
            _parallel(&RunOnThread, GCHandle.ToIntPtr(work), (uint)parts, 0);
        }
        finally
        {
            work.Free();
        }
    }

    [UnmanagedCallersOnly]
    private static void RunOnThread(nint data)
    {
        var work = (Work)GCHandle.FromIntPtr(data).Target!;
        // A team may be smaller than asked for.
        for (var part = _threadNumber(); part < work.Parts; part += _teamSize()) work.Part(part);
    }

    // Environment.SetEnvironmentVariable does not reach the environment that native code reads.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    private sealed record Work(int Parts, Action<int> Part);
}
