using Nin.Golden;
using Nin.Training.Networks;
using Nin.Weights;
using static TorchSharp.torch;

namespace Nin.Training.Tests.Networks;

/// <summary>The forward pass of every network equals PyTorch 1.13's, for given weights and images.</summary>
public sealed class GoldenTests
{
    private static readonly GoldenLogits Golden = GoldenLogits.Load();

    public static TheoryData<string> Names => [.. Golden.Nets.Select(net => net.Architecture.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Logits_equal_PyTorchs(string name)
    {
        var golden = Golden.Nets.Single(net => net.Architecture.Name == name);
        using var network = Build(golden, Arithmetic.Reference);
        Assert.Equal(golden.Parameters, network.Plan.Parameters);
        AssertClose(golden.Eval, Logits(network, golden, Pass.Inference));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Batch_statistics_equal_PyTorchs(string name)
    {
        var golden = Golden.Nets.Single(net => net.Architecture.Name == name);
        if (golden.Train is not { } train || golden.Statistics is null) return;

        using var network = Build(golden with { Architecture = WithoutDropout(golden) }, Arithmetic.Reference);
        AssertClose(train, Logits(network, golden, new Pass(Training: true)));
        foreach (var (key, values) in golden.Statistics) AssertClose(values, network.Statistics.Values[key].data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bfloat16_logits_are_near(string name)
    {
        var golden = Golden.Nets.Single(net => net.Architecture.Name == name);
        using var network = Build(golden, new Arithmetic(CPU, ScalarType.BFloat16, Fused: true));
        var logits = Logits(network, golden, Pass.Inference);
        var scale = Math.Max(0.1, golden.Eval.Max(Math.Abs));
        for (var i = 0; i < logits.Length; i++) Assert.InRange(Math.Abs(logits[i] - golden.Eval[i]) / scale, 0, 0.05);
    }

    private static Architectures.Architecture WithoutDropout(GoldenNet golden) => golden.Architecture with
    {
        // A rate of 0 keeps the places of the other layers, and so their keys.
        Layers = [.. golden.Architecture.Layers.Select(layer => layer is Architectures.Dropout ? new Architectures.Dropout(0) : layer)],
    };

    private static Network Build(GoldenNet golden, Arithmetic arithmetic)
    {
        var network = new Network(golden.Architecture, arithmetic);
        NetworkWeights.Import(network, golden.Tensors.ToDictionary(tensor => tensor.Name, tensor => TensorData.OfFloats(tensor.Fill(), [.. tensor.Shape.Select(side => (long)side)])), "golden");
        return network;
    }

    private static float[] Logits(Network network, GoldenNet golden, Pass pass)
    {
        using var scope = NewDisposeScope();
        var input = golden.Architecture.Input;
        var images = tensor(GoldenValues.FillImages(input, golden.Batch), [golden.Batch, input.Channels, input.Height, input.Width]);
        return network.Forward(images.permute(0, 2, 3, 1).contiguous().to_type(network.Arithmetic.Type, copy: true), pass).data<float>().ToArray();
    }

    private static void AssertClose(IReadOnlyList<float> expected, float[] actual)
    {
        Assert.Equal(expected.Count, actual.Length);
        for (var i = 0; i < actual.Length; i++) Assert.InRange(Math.Abs(actual[i] - expected[i]), 0, 1e-5 * Math.Max(1, Math.Abs(expected[i])));
    }
}
