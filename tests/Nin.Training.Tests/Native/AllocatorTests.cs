using System.Globalization;
using System.Runtime.InteropServices;
using Nin.Training.Native;

namespace Nin.Training.Tests.Native;

public sealed unsafe class AllocatorTests
{
    private const int Block = 24 << 20; // bytes, as the largest activations of nin-cifar10

    [Fact]
    public void No_thread_pays_twice_for_the_pages_of_its_blocks()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only glibc is told to keep memory");
        Libtorch.Load();
        // Each thread stays until all are done: one that ends hands its arena on to the next.
        using var done = new SemaphoreSlim(0);
        using var allDone = new ManualResetEventSlim();
        var faults = new long[6];
        var threads = new Thread[faults.Length];
        for (var i = 0; i < threads.Length; i++)
        {
            var place = i;
            threads[i] = new Thread(() =>
            {
                UseBlocks();
                var before = PageFaults();
                for (var step = 0; step < 4; step++) UseBlocks();
                faults[place] = PageFaults() - before;
                done.Release();
                allDone.Wait();
            })
            { IsBackground = true };
            threads[i].Start();
            done.Wait(TestContext.Current.CancellationToken);
        }
        allDone.Set();
        foreach (var thread in threads) thread.Join();

        Assert.All(faults, count => Assert.InRange(count, 0, Block / Environment.SystemPageSize / 4));
    }

    // Three at a time: more than one heap of an arena has room for.
    private static void UseBlocks()
    {
        var blocks = stackalloc void*[3];
        for (var i = 0; i < 3; i++)
        {
            blocks[i] = NativeMemory.Alloc(Block);
            NativeMemory.Fill(blocks[i], Block, 1);
        }
        for (var i = 0; i < 3; i++) NativeMemory.Free(blocks[i]);
    }

    // Minor faults of the calling thread.
    private static long PageFaults() => long.Parse(File.ReadAllText("/proc/thread-self/stat").Split(") ")[1].Split(' ')[7], CultureInfo.InvariantCulture);
}
