using Nin.Architectures;
using Nin.Recipes;
using Nin.Training.Networks;
using static TorchSharp.torch;

namespace Nin.Training.Tests.Networks;

public sealed class InitialiserTests
{
    [Fact]
    public void First_layers_have_their_own_deviations_and_the_others_the_common_one()
    {
        using var scope = NewDisposeScope();
        using var network = new Network(Catalogue.Find("nin-cifar100").Build(), new Arithmetic(CPU, ScalarType.Float32, Fused: false));
        Initialiser.Fill(network.Parameters, new() { Kind = InitialisationKind.Gaussian, StandardDeviation = 0.05, FirstDeviations = [0.001, 0.01, 0.02] }, seed: 1);
        var weights = network.Parameters.Parameters.Where(parameter => parameter.Role == ParameterRole.Weight).ToArray();
        double[] expected = [0.001, 0.01, 0.02, .. Enumerable.Repeat(0.05, weights.Length - 3)];
        foreach (var (parameter, deviation) in weights.Zip(expected))
            Assert.InRange(ParameterStore.View(network.Parameters.Master, parameter).std().item<float>() / deviation, 0.97, 1.03);
    }
}
