using System.Security.Cryptography;
using System.Text.Json;
using Nin.Architectures;
using Nin.Json;
using Nin.Recipes;
using Nin.Training.Runs;
using static TorchSharp.torch;

namespace Nin.Training.Distributed;

/// <summary>What all ranks hold alike: the options and data of a run, and a learner each. Every step changes the learners alike; here they are made equal and seen to be.</summary>
internal static class Replicas
{
    private const string SameFiles = "give all machines the same flags, the same files, for example on a shared disk, and the same nin";

    /// <summary>Gives every rank what the first one's learner holds, and its progress.</summary>
    public static RunProgress Broadcast(Ranks ranks, Learner learner, RunProgress progress)
    {
        if (ranks.Count == 1) return progress;
        foreach (var values in learner.Everything) ranks.Broadcast(values);
        learner.Network.Parameters.RefreshCompute();
        var told = JsonSerializer.Deserialize<RunProgress>(ranks.Broadcast(JsonSerializer.Serialize(progress, Checkpoint.Json)), Checkpoint.Json)!;
        learner.Optimizer.Steps = told.Step;
        return told;
    }

    /// <summary>
    /// Gives every rank the mean over ranks of the running statistics of batch normalisation, which differ where each rank has normalised its own part of the
    /// batches. They move linearly, so that it does not matter how often this is done.
    /// </summary>
    public static void AverageStatistics(Ranks ranks, Learner learner)
    {
        if (ranks.Count == 1) return;
        using var off = no_grad();
        foreach (var values in learner.Statistics)
        {
            ranks.Sum(values);
            values.div_(ranks.Count);
        }
    }

    /// <summary>Compares all learners bit for bit.</summary>
    /// <exception cref="EnvironmentException">They are not the same; thrown on every rank.</exception>
    public static void Compare(Ranks ranks, Learner learner, int epoch)
    {
        if (ranks.Count == 1 || Differing(ranks, Hash(learner)) is not { } others) return;
        throw new EnvironmentException(
            $"in epoch {epoch} the weights of {others} are not those of rank 0",
            "all ranks make the same steps from the same sums: a machine's memory or processor is at fault, or machines are too different to round alike",
            "nin train --resume goes on from the last checkpoint, where they were equal; leave that machine out");
    }

    /// <summary>Refuses ranks that were told something else than the first.</summary>
    /// <exception cref="DataException">They were; thrown on every rank.</exception>
    public static void RequireSameOptions(Ranks ranks, TrainingOptions options)
    {
        // Where files lie may differ from machine to machine; what is in them is compared later.
        var told = options with { Threads = 0, Device = "", DataRoot = null, Data = Path.GetFileName(options.Data), Network = Path.GetFileName(options.Network) };
        RequireSame(ranks, "the options", JsonSerializer.Serialize(told, NinJson.Line), SameFiles);
    }

    /// <summary>Refuses ranks that are about to train something else than the first, or in another arithmetic.</summary>
    /// <exception cref="DataException">They are; thrown on every rank.</exception>
    public static void RequireSamePlan(Ranks ranks, RunPlan plan)
    {
        RequireSame(ranks, "device and arithmetic", $"{plan.Arithmetic.Device.type} {plan.Arithmetic.Type}", "name what all machines have, for example --device cpu --precision fp32");
        RequireSame(ranks, "the layers", ArchitectureJson.Format(plan.Model.Architecture), SameFiles);
        RequireSame(ranks, "the images", HeldOutImages.Fingerprint(plan), SameFiles);
    }

    /// <param name="ranks">All have to call.</param>
    /// <param name="what">Is compared, for the error.</param>
    /// <param name="fingerprint">Equal where it is equal.</param>
    /// <param name="fix">What to do.</param>
    private static void RequireSame(Ranks ranks, string what, string fingerprint, string fix)
    {
        if (ranks.Count == 1 || Differing(ranks, fingerprint) is not { } others) return;
        throw new DataException($"{what} of {others} are not those of rank 0", $"rank 0 runs on {ranks.Hosts[0]}; all ranks have to train the same", fix);
    }

    /// <summary>The ranks whose text is not the first one's; null where there are none.</summary>
    private static string? Differing(Ranks ranks, string text)
    {
        var all = ranks.Gather(text);
        var others = Enumerable.Range(0, ranks.Count).Where(rank => all[rank] != all[0]).Select(rank => $"rank {rank} ({ranks.Hosts[rank]})").ToArray();
        return others.Length == 0 ? null : string.Join(", ", others);
    }

    private static string Hash(Learner learner)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var values in learner.Everything)
        {
            using var onCpu = values.cpu();
            hash.AppendData(onCpu.bytes);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
