using System.Collections.Immutable;
using Nin.Architectures;

namespace Nin.Weights;

/// <summary>Which tensors a network has, under the names that the same network has in PyTorch as nested <c>nn.Sequential</c>.</summary>
public static class StateDict
{
    private const int MostNamed = 6;

    /// <summary>Every parameter and running statistic, in PyTorch's order.</summary>
    public static IEnumerable<StateDictEntry> Of(Plan plan) => plan.Steps.SelectMany(step => step.Operation switch
    {
        ConvolutionOperation c => Pair(step.Key, [c.Out, c.In, c.Kernel, c.Kernel]),
        LinearOperation l => Pair(step.Key, [l.Out, l.In]),
        BatchNormOperation b => Pair(step.Key, [b.Channels]).Concat([new($"{step.Key}.running_mean", [b.Channels]), new($"{step.Key}.running_var", [b.Channels])]),
        _ => [],
    });

    /// <summary>Passes when every tensor of a network is there, in shape, and no other.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="tensors">By PyTorch's names; <c>num_batches_tracked</c> may be among them.</param>
    /// <param name="origin">The file, for errors.</param>
    /// <exception cref="ModelException">Tensors are missing, unexpected or misshapen; all kinds are listed.</exception>
    public static void Check(Plan plan, IReadOnlyDictionary<string, TensorData> tensors, string origin)
    {
        var expected = Of(plan).ToList();
        string[] missing = [.. expected.Where(entry => !tensors.ContainsKey(entry.Name)).Select(entry => entry.Name)];
        string[] unexpected = [.. tensors.Keys.Except(expected.Select(entry => entry.Name)).Where(name => !name.EndsWith(".num_batches_tracked", StringComparison.Ordinal))];
        string[] misshapen = [.. expected.Where(entry => tensors.TryGetValue(entry.Name, out var found) && !found.Shape.SequenceEqual(entry.Shape))
            .Select(entry => $"{entry.Name} is [{string.Join(", ", tensors[entry.Name].Shape)}], not [{string.Join(", ", entry.Shape)}]")];
        string[] faults = [.. new[] { Listed("missing", missing), Listed("unexpected", unexpected), Listed("misshapen", misshapen) }.OfType<string>()];
        if (faults.Length > 0)
            throw new ModelException($"{origin} does not fit the network {plan.Architecture.Name}", string.Join("; ", faults), "use the weights with the config.json that was saved beside them");
    }

    private static StateDictEntry[] Pair(string key, ImmutableArray<long> weight) => [new($"{key}.weight", weight), new($"{key}.bias", [weight[0]])];

    private static string? Listed(string title, string[] names) =>
        names.Length == 0 ? null : $"{title}: {string.Join(", ", names.Take(MostNamed))}{(names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "")}";
}

/// <summary>A tensor of a network.</summary>
/// <param name="Name">For example <c>0.2.weight</c>.</param>
/// <param name="Shape">Its dimensions.</param>
public sealed record StateDictEntry(string Name, ImmutableArray<long> Shape);
