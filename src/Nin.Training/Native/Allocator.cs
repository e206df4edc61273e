using System.Runtime.InteropServices;

namespace Nin.Training.Native;

/// <summary>
/// Keeps glibc from handing large blocks back to the system after every step, which makes each step pay for fresh pages again:
/// 15 to 25 % of a training step.
/// </summary>
internal static partial class Allocator
{
    private const int TrimThreshold = -1; // M_TRIM_THRESHOLD
    private const int TopPad = -2; // M_TOP_PAD
    private const int MmapThreshold = -3; // M_MMAP_THRESHOLD
    private const int ArenaMax = -8; // M_ARENA_MAX
    private const int LargestHeap = 64 << 20; // of an arena other than the first

    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = MallocOption(MmapThreshold, 1 << 30);
            _ = MallocOption(TrimThreshold, int.MaxValue);
            _ = MallocOption(ArenaMax, 1);
            // The runtime's threads have made further arenas before, and ours may get one of them: its heaps go back whatever the thresholds say, unless this much is to stay.
            _ = MallocOption(TopPad, LargestHeap);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no mallopt; memory is then merely slower.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallocOption(int option, int value);
}
