using System.Security.Cryptography;
using System.Text.Json;
using Nin.Training.Runs;
using static TorchSharp.torch;

namespace Nin.Training.Distributed;

/// <summary>The ranks' copies of one network and of all that its training remembers. Every step changes them alike; here they are made equal and seen to be.</summary>
internal static class Replicas
{
    /// <summary>Gives every rank the first one's copy, and its progress.</summary>
    public static RunProgress Broadcast(Ranks ranks, CheckpointState state, RunProgress progress)
    {
        if (ranks.Count == 1) return progress;
        foreach (var values in Everything(state)) ranks.Broadcast(values);
        state.Network.Parameters.RefreshCompute();
        var told = JsonSerializer.Deserialize<RunProgress>(ranks.Broadcast(JsonSerializer.Serialize(progress, Checkpoint.Json)), Checkpoint.Json)!;
        state.Optimizer.Steps = told.Step;
        return told;
    }

    /// <summary>
    /// Gives every rank the mean over ranks of the running statistics of batch normalisation, which differ where each rank has normalised its own part of the
    /// batches. They move linearly, so that it does not matter how often this is done.
    /// </summary>
    public static void AverageStatistics(Ranks ranks, CheckpointState state)
    {
        if (ranks.Count == 1) return;
        using var off = no_grad();
        foreach (var values in Statistics(state))
        {
            ranks.Sum(values);
            values.div_(ranks.Count);
        }
    }

    /// <summary>Compares all copies bit for bit.</summary>
    /// <exception cref="EnvironmentException">They are not the same; thrown on every rank.</exception>
    public static void Compare(Ranks ranks, CheckpointState state, int epoch)
    {
        if (ranks.Count == 1) return;
        var others = ranks.OtherThanFirst(Hash(state));
        if (others.Count == 0) return;
        throw new EnvironmentException(
            $"after epoch {epoch} the weights of {Names(ranks, others)} are not those of rank 0",
            "all ranks make the same steps from the same sums; a machine's memory or processor is at fault, or machines are too different to round alike",
            "nin train --resume goes on from the last checkpoint, where they were equal; leave that machine out");
    }

    /// <summary>Refuses ranks that are about to train something else than the first.</summary>
    /// <exception cref="DataException">Something differs; thrown on every rank.</exception>
    public static void RequireSame(Ranks ranks, string what, string fingerprint)
    {
        if (ranks.Count == 1) return;
        var others = ranks.OtherThanFirst(fingerprint);
        if (others.Count > 0)
            throw new DataException($"{what} of {Names(ranks, others)} are not those of rank 0", $"rank 0 runs on {ranks.Hosts[0]}; every machine needs the same", "give all machines the same files, for example on a shared disk, and the same version of nin");
    }

    private static string Names(Ranks ranks, IReadOnlyList<int> some) => string.Join(", ", some.Select(rank => $"rank {rank} ({ranks.Hosts[rank]})"));

    private static string Hash(CheckpointState state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var values in Everything(state))
        {
            using var onCpu = values.cpu();
            hash.AppendData(onCpu.bytes);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static IEnumerable<Tensor> Everything(CheckpointState state) =>
        [state.Network.Parameters.Master, .. state.Network.Statistics.Values.Values, .. state.Memory().Select(memory => memory.Values)];

    /// <summary>The network's, and their own running averages; the first of the averages is that of the weights.</summary>
    private static IEnumerable<Tensor> Statistics(CheckpointState state) => [.. state.Network.Statistics.Values.Values, .. state.Average?.Values.Skip(1) ?? []];
}
