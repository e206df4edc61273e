using Nin.Weights;
using static TorchSharp.torch;

namespace Nin.Training.Networks;

/// <summary>A network's weights as files have them: float32 tensors with PyTorch's names and shapes.</summary>
public static class NetworkWeights
{
    /// <summary>Every parameter and every running statistic, in PyTorch's order.</summary>
    public static IReadOnlyList<KeyValuePair<string, TensorData>> Export(Network network)
    {
        var weights = new List<KeyValuePair<string, TensorData>>();
        foreach (var parameter in network.Parameters.Parameters)
        {
            using var view = ParameterStore.View(network.Parameters.Master, parameter);
            weights.Add(new(parameter.Name, Copy(view)));
            if (parameter.Role != ParameterRole.NormBias) continue;
            var key = parameter.Name[..^".bias".Length];
            weights.Add(new($"{key}.running_mean", Copy(network.Statistics.Mean(key))));
            weights.Add(new($"{key}.running_var", Copy(network.Statistics.Variance(key))));
        }
        return weights;
    }

    /// <summary>Fills a network; every tensor must be there, in shape, and no other.</summary>
    /// <param name="network">To be filled.</param>
    /// <param name="tensors">By PyTorch's names.</param>
    /// <param name="origin">The file, for errors.</param>
    /// <exception cref="ModelException">Tensors are missing, unexpected or misshapen; all are listed.</exception>
    public static void Import(Network network, IReadOnlyDictionary<string, TensorData> tensors, string origin)
    {
        StateDict.Check(network.Plan, tensors, origin);
        var places = Places(network).ToList();
        try
        {
            foreach (var (name, place) in places)
            {
                using var values = tensor(tensors[name].ToFloats(), place.shape);
                place.copy_(values);
            }
        }
        finally
        {
            foreach (var (_, place) in places) place.Dispose();
        }
        network.Parameters.RefreshCompute();
    }

    private static IEnumerable<(string Name, Tensor Place)> Places(Network network)
    {
        foreach (var parameter in network.Parameters.Parameters) yield return (parameter.Name, ParameterStore.View(network.Parameters.Master, parameter));
        foreach (var (name, value) in network.Statistics.Values) yield return (name, value.alias());
    }

    private static TensorData Copy(Tensor source)
    {
        using var onCpu = source.detach().cpu().contiguous();
        return TensorData.OfFloats(onCpu.data<float>().ToArray(), source.shape);
    }
}
