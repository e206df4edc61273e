using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Nin.Training.Compute;
using TorchSharp;

namespace Nin.Training.Distributed;

/// <summary>
/// The processes that train one network together, each a rank from 0, joined by Open MPI. Every method but <see cref="Slice"/>, <see cref="Leave"/> and
/// <see cref="Abort"/> is one that all ranks have to call, in the same order; with one rank alone they do nothing. One thread at a time may call.
/// </summary>
public sealed unsafe class Ranks
{
    private readonly Stopwatch _communicating = new();
    private readonly nint _world;
    private readonly nint _end; // of its own, so that who comes to the end never meets who is still at work

    private Ranks() => Count = 1;

    private Ranks(nint world)
    {
        _world = world;
        OpenMpi.RankIn(world, out var rank);
        OpenMpi.SizeOf(world, out var count);
        OpenMpi.Duplicate(world, out _end);
        var machine = OpenMpi.SplitByMachine(rank);
        OpenMpi.RankIn(machine, out var localRank);
        OpenMpi.SizeOf(machine, out var localCount);
        (Rank, Count, LocalRank) = (rank, count, localRank);
        Hosts = Gather(Environment.MachineName);
        Threads = CoreShare.Of(Environment.ProcessorCount, Gather(CoreShare.Allowed, machine, localCount), localRank);
    }

    /// <summary>A process on its own; nothing of MPI is loaded.</summary>
    public static Ranks Alone { get; } = new();

    /// <summary>This process's number, from 0.</summary>
    public int Rank { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>This process's number among those of its machine.</summary>
    public int LocalRank { get; }

    /// <summary>The machine of every rank.</summary>
    public IReadOnlyList<string> Hosts { get; } = [Environment.MachineName];

    /// <summary>How many cores are this rank's own, one thread each; 0 leaves it to the process, which is on its own.</summary>
    public int Threads { get; }

    /// <summary>Whether this is the one that prints and writes.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Time spent in communication so far, waiting for slower ranks included.</summary>
    public TimeSpan Communicating => _communicating.Elapsed;

    /// <summary>Joins the job that mpirun or srun started this process for; a process that they did not start stays <see cref="Alone"/>. Once a process.</summary>
    /// <exception cref="EnvironmentException">Open MPI cannot be loaded.</exception>
    public static Ranks Join()
    {
        if (Launcher.Rank is null) return Alone;
        Launcher.DieWithMpirun();
        OpenMpi.Start();
        return new(OpenMpi.World);
    }

    /// <summary>This rank's part of so many things: as even as can be, in the order of ranks.</summary>
    public (int First, int Count) Slice(int things)
    {
        var first = (int)((long)things * Rank / Count);
        return (first, (int)((long)things * (Rank + 1) / Count) - first);
    }

    /// <summary>Adds numbers up over all ranks, in place; every rank gets the same bits.</summary>
    public void Sum(Span<float> numbers) => SumAll(numbers);

    /// <inheritdoc cref="Sum(Span{float})" />
    public void Sum(Span<double> numbers) => SumAll(numbers);

    /// <summary>Adds a float32 tensor up over all ranks, in place, wherever it lies.</summary>
    public void Sum(torch.Tensor values) => InMemory(values, Sum);

    /// <summary>Gives all ranks the first one's values.</summary>
    public void Broadcast(torch.Tensor values) => InMemory(values, numbers => Broadcast(MemoryMarshal.AsBytes(numbers)));

    /// <summary>Gives all ranks the first one's text.</summary>
    /// <param name="text">Of the first; what others bring does not matter.</param>
    public string Broadcast(string text)
    {
        if (Count == 1) return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<int> length = [bytes.Length];
        Broadcast(MemoryMarshal.AsBytes(length));
        if (!IsFirst) bytes = new byte[length[0]];
        Broadcast(bytes.AsSpan());
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Gives all ranks everyone's text, in the order of ranks.</summary>
    public IReadOnlyList<string> Gather(string text) => Count == 1 ? [text] : Gather(text, _world, Count);

    /// <summary>Waits for all ranks.</summary>
    public void Meet()
    {
        if (Count == 1) return;
        _communicating.Start();
        OpenMpi.Barrier(_world);
        _communicating.Stop();
    }

    /// <summary>Does work that leaves something on the disk for the next one to find: the first rank of every machine, then the others.</summary>
    public T InTurn<T>(Func<T> work)
    {
        if (LocalRank > 0) Meet();
        try
        {
            return work();
        }
        finally
        {
            if (LocalRank == 0) Meet();
        }
    }

    /// <summary>Says that this rank has come to its end, waits until all have, and takes leave of MPI. The processor is not kept busy meanwhile.</summary>
    /// <param name="exitCode">Of this rank.</param>
    /// <param name="patience">How long to wait; null: as long as it takes.</param>
    /// <returns>The exit codes of all; null when some still work, so that MPI is still on.</returns>
    public IReadOnlyList<int>? Leave(int exitCode, TimeSpan? patience = null)
    {
        if (_world == 0) return [exitCode];
        // Never freed: MPI may still write there when patience has run out.
        var all = (int*)NativeMemory.Alloc((nuint)(Count + 1), sizeof(int));
        var own = all + Count;
        *own = exitCode;
        OpenMpi.BeginAllGather(own, 1, OpenMpi.TypeOf<int>(), all, 1, OpenMpi.TypeOf<int>(), _end, out var request);
        for (var clock = Stopwatch.StartNew(); ; Thread.Sleep(1))
        {
            OpenMpi.Test(ref request, out var isDone, 0);
            if (isDone != 0) break;
            if (clock.Elapsed > patience) return null;
        }
        OpenMpi.End();
        return new ReadOnlySpan<int>(all, Count).ToArray();
    }

    /// <summary>Ends every process of the job at once.</summary>
    public void Abort(int exitCode)
    {
        OpenMpi.Abort(_world, exitCode);
        Environment.Exit(exitCode);
    }

    private void Broadcast(Span<byte> bytes)
    {
        if (Count == 1) return;
        _communicating.Start();
        fixed (byte* first = bytes) OpenMpi.Broadcast(first, bytes.Length, OpenMpi.TypeOf<byte>(), 0, _world);
        _communicating.Stop();
    }

    private void SumAll<T>(Span<T> numbers) where T : unmanaged
    {
        if (Count == 1) return;
        _communicating.Start();
        OpenMpi.Sum(numbers, _world);
        _communicating.Stop();
    }

    private string[] Gather(string text, nint communicator, int ranks)
    {
        var own = Encoding.UTF8.GetBytes(text);
        var lengths = Gather<int>([own.Length], 1, communicator, ranks);
        var width = lengths.Max();
        Array.Resize(ref own, width);
        var all = Gather<byte>(own, width, communicator, ranks);
        return [.. lengths.Select((length, rank) => Encoding.UTF8.GetString(all, rank * width, length))];
    }

    private T[] Gather<T>(ReadOnlySpan<T> own, int each, nint communicator, int ranks) where T : unmanaged
    {
        var all = new T[each * ranks];
        _communicating.Start();
        fixed (T* from = own, to = all) OpenMpi.AllGather(from, each, OpenMpi.TypeOf<T>(), to, each, OpenMpi.TypeOf<T>(), communicator);
        _communicating.Stop();
        return all;
    }

    /// <summary>MPI reads and writes the processor's memory; what lies elsewhere is copied there and back.</summary>
    private void InMemory(torch.Tensor values, SpanAction communicate)
    {
        if (Count == 1) return;
        if (values.device.type == DeviceType.CPU)
        {
            communicate(new(values.Pointer<float>(), checked((int)values.numel())));
            return;
        }
        using var copy = values.cpu();
        communicate(new(copy.Pointer<float>(), checked((int)copy.numel())));
        values.copy_(copy);
    }

    private delegate void SpanAction(Span<float> numbers);
}
