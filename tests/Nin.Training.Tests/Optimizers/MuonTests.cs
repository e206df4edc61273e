using Nin.Training.Native;
using Nin.Training.Optimizers;
using static TorchSharp.torch;

namespace Nin.Training.Tests.Optimizers;

public sealed class MuonTests
{
    private const double Rate = 0.05;

    public MuonTests() => Libtorch.Load();

    [Theory]
    [InlineData(6, 20)]
    [InlineData(20, 6)]
    public void A_weight_keeps_its_length_and_turns_by_the_rate(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var (weight, momentum) = (Random(rows, columns, 1), Random(rows, columns, 2));
        var before = weight.clone();
        Muon.Turn(weight, momentum, Rate, ScalarType.Float32);

        Assert.Equal(before.norm().item<float>(), weight.norm().item<float>(), 1e-5f);
        var cosine = (before * weight).sum().item<float>() / before.square().sum().item<float>();
        Assert.InRange(Math.Acos(cosine), 0.9 * Rate, 1.05 * Rate);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Every_direction_of_the_momentum_counts_alike(ScalarType type)
    {
        using var scope = NewDisposeScope();
        // Singular values from 1 to 1/100.
        var (u, _, v) = linalg.svd(Random(6, 20, 3), fullMatrices: false);
        var momentum = (u * tensor(new[] { 1f, 0.5f, 0.2f, 0.1f, 0.05f, 0.01f })).mm(v);
        var weight = Random(6, 20, 4);
        var before = weight.clone();
        Muon.Turn(weight, momentum, 1e-2, type);

        // What was added, seen along each direction.
        var added = before * (before * weight).sum() / before.square().sum() - weight;
        var shares = u.t().mm(added).mm(v.t()).diagonal();
        Assert.InRange((shares.max() / shares.min()).item<float>(), 1, 4);
    }

    [Fact]
    public void Without_momentum_nothing_moves()
    {
        using var scope = NewDisposeScope();
        var weight = Random(6, 20, 5);
        var before = weight.data<float>().ToArray();
        Muon.Turn(weight, zeros(6, 20), Rate, ScalarType.Float32);
        foreach (var (expected, actual) in before.Zip(weight.data<float>().ToArray())) Assert.Equal(expected, actual, 1e-6f);
    }

    private static Tensor Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return tensor(Enumerable.Range(0, rows * columns).Select(_ => random.NextSingle() - 0.5f).ToArray(), [rows, columns]);
    }
}
