using Nin.Training.Networks;
using static TorchSharp.torch;

namespace Nin.Training.Optimizers;

/// <summary>
/// Muon (Jordan et al., 2024): the momentum of a weight matrix is made orthogonal before it is applied, so that every direction in it moves alike, rare ones
/// too. Weights keep the length with which they began and only turn, by about the learning rate in radians; what a normalisation behind them would not see
/// is not changed.
/// </summary>
internal static class Muon
{
    private const int Iterations = 4;
    private const double Least = 1e-7; // beside a length, where it might be zero

    /// <summary>Whether Muon moves a parameter: weights of all layers but the last. The others are left to SGD.</summary>
    public static bool Moves(Parameter parameter) => parameter is { Role: ParameterRole.Weight, InLastLayer: false };

    /// <summary>Turns one weight.</summary>
    /// <param name="weight">[Out, D], float32; changed in place.</param>
    /// <param name="momentum">[Out, D], float32.</param>
    /// <param name="rate">The angle, in radians.</param>
    /// <param name="type">float32 or bfloat16, in which the momentum is made orthogonal.</param>
    public static void Turn(Tensor weight, Tensor momentum, double rate, ScalarType type)
    {
        var direction = Orthogonal(momentum.to(type)).to(ScalarType.Float32);
        var length = weight.norm();
        weight.sub_(direction * (rate * length / (direction.norm() + Least)));
        weight.mul_(length / (weight.norm() + Least));
    }

    /// <summary>
    /// Close to U V^T of the singular value decomposition U S V^T: a polynomial that takes singular values from 0..1 to about 1, over and over
    /// (Newton and Schulz); the coefficients are those of Jordan et al.
    /// </summary>
    private static Tensor Orthogonal(Tensor matrix)
    {
        var isTall = matrix.shape[0] > matrix.shape[1];
        var x = isTall ? matrix.t() : matrix;
        x /= x.norm() + Least;
        for (var i = 0; i < Iterations; i++)
        {
            var a = x.mm(x.t());
            x = 3.4445 * x + (-4.7750 * a + 2.0315 * a.mm(a)).mm(x);
        }
        return isTall ? x.t() : x;
    }
}
