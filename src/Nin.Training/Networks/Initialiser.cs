using Nin.Randomness;
using Nin.Recipes;
using static TorchSharp.torch;

namespace Nin.Training.Networks;

/// <summary>Gives a network its first weights: functions of (seed, parameter, index) and of nothing else.</summary>
public static class Initialiser
{
    /// <summary>Fills weights by the chosen distribution, biases with zero (the framework's default: small random ones; the last layer's: as the options say), normalisations with the identity.</summary>
    public static void Fill(ParameterStore store, InitialisationOptions options, int seed)
    {
        for (var p = 0; p < store.Parameters.Count; p++)
        {
            var parameter = store.Parameters[p];
            using var values = tensor(Values(store, p, options, seed), parameter.Shape);
            using var place = ParameterStore.View(store.Master, parameter);
            place.copy_(values);
        }
        store.RefreshCompute();
    }

    private static float[] Values(ParameterStore store, int index, InitialisationOptions options, int seed)
    {
        var parameter = store.Parameters[index];
        var values = new float[parameter.Count];
        switch (parameter.Role)
        {
            case ParameterRole.NormWeight:
                Array.Fill(values, 1);
                break;
            case ParameterRole.Weight:
                var scale = parameter.InLastLayer ? options.LastLayerScale : 1;
                var layer = store.Parameters.Take(index).Count(before => before.Role == ParameterRole.Weight);
                for (var i = 0; i < values.Length; i++) values[i] = (float)(scale * Weight(parameter, layer, options, seed, index, i));
                break;
            case ParameterRole.Bias when parameter.InLastLayer && options.Kind != InitialisationKind.Default:
                Array.Fill(values, (float)options.LastLayerBias);
                break;
            case ParameterRole.Bias when options.Kind == InitialisationKind.Default:
                // A bias follows its weight in the store.
                var bound = 1 / Math.Sqrt(store.Parameters[index - 1].FanIn);
                for (var i = 0; i < values.Length; i++) values[i] = (float)(bound * Symmetric(seed, index, i));
                break;
        }
        return values;
    }

    private static double Weight(Parameter parameter, int layer, InitialisationOptions options, int seed, int index, int i) => options.Kind switch
    {
        InitialisationKind.He => Math.Sqrt(2.0 / parameter.FanIn) * CounterRandom.Normal(seed, RandomStream.Weights, index, i),
        InitialisationKind.Xavier => Math.Sqrt(6.0 / (parameter.FanIn + parameter.FanOut)) * Symmetric(seed, index, i),
        InitialisationKind.Gaussian => (layer < options.FirstDeviations.Length ? options.FirstDeviations[layer] : options.StandardDeviation) * CounterRandom.Normal(seed, RandomStream.Weights, index, i),
        InitialisationKind.Default => Symmetric(seed, index, i) / Math.Sqrt(parameter.FanIn),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, "unknown initialisation"),
    };

    /// <summary>Uniform in [-1, 1).</summary>
    private static double Symmetric(int seed, int index, int i) => 2 * CounterRandom.Uniform(seed, RandomStream.Weights, index, i) - 1;
}
