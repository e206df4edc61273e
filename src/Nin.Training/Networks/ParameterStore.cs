using Nin.Architectures;
using static TorchSharp.torch;

namespace Nin.Training.Networks;

/// <summary>
/// All parameters of a network in one flat float32 buffer, their gradients in another and, for bfloat16 arithmetic, a rounded copy in a third:
/// one optimizer kernel, one reduction over ranks, one hash.
/// </summary>
public sealed class ParameterStore : IDisposable
{
    private const int Alignment = 32; // values, so that every parameter starts on a vector

    private readonly Dictionary<string, Parameter> _byName;

    /// <summary>Lays the parameters of a plan out, all zero.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="device">Where it is to compute.</param>
    /// <param name="computeType">float32 or bfloat16.</param>
    internal ParameterStore(Plan plan, Device device, ScalarType computeType)
    {
        Parameters = [.. LayOut(plan)];
        _byName = Parameters.ToDictionary(parameter => parameter.Name);
        var last = Parameters[^1];
        var length = (last.Offset + last.Count + Alignment - 1) / Alignment * Alignment;
        Master = zeros(length, ScalarType.Float32, device).DetachFromDisposeScope();
        Gradient = zeros(length, ScalarType.Float32, device).DetachFromDisposeScope();
        Compute = computeType == ScalarType.Float32 ? Master : zeros(length, computeType, device).DetachFromDisposeScope();
    }

    /// <summary>Every parameter, in PyTorch's order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The float32 weights, flat.</summary>
    public Tensor Master { get; }

    /// <summary>Their gradients, flat float32.</summary>
    public Tensor Gradient { get; }

    /// <summary>What arithmetic reads: <see cref="Master"/> itself, or its bfloat16 copy.</summary>
    public Tensor Compute { get; }

    /// <summary>The parameter of a name.</summary>
    public Parameter this[string name] => _byName[name];

    /// <summary>Rounds the master weights into the copy that arithmetic reads.</summary>
    public void RefreshCompute()
    {
        if (!ReferenceEquals(Compute, Master)) Compute.copy_(Master);
    }

    /// <summary>A view of a flat buffer in PyTorch's shape; convolution weights come out channels-last.</summary>
    public static Tensor View(Tensor flat, Parameter parameter)
    {
        using var slice = flat.narrow(0, parameter.Offset, parameter.Count);
        if (parameter.Shape.Length != 4) return slice.view(parameter.Shape);
        var s = parameter.Shape;
        using var stored = slice.view(s[0], s[2], s[3], s[1]);
        return stored.permute(0, 3, 1, 2);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!ReferenceEquals(Compute, Master)) Compute.Dispose();
        Master.Dispose();
        Gradient.Dispose();
    }

    private static IEnumerable<Parameter> LayOut(Plan plan)
    {
        var layers = plan.Steps.Where(step => step.Operation is ConvolutionOperation or LinearOperation).ToList();
        var offset = 0;
        foreach (var step in plan.Steps)
        {
            var (weight, bias, isNorm) = step.Operation switch
            {
                ConvolutionOperation c => (new long[] { c.Out, c.In, c.Kernel, c.Kernel }, new long[] { c.Out }, false),
                LinearOperation l => (new long[] { l.Out, l.In }, new long[] { l.Out }, false),
                BatchNormOperation b => (new long[] { b.Channels }, new long[] { b.Channels }, true),
                _ => (null, null, false),
            };
            if (weight is null || bias is null) continue;
            var (isFirst, isLast) = (ReferenceEquals(step, layers[0]), ReferenceEquals(step, layers[^1]));
            yield return Next(new Parameter($"{step.Key}.weight", weight, offset, isNorm ? ParameterRole.NormWeight : ParameterRole.Weight, isFirst, isLast));
            yield return Next(new Parameter($"{step.Key}.bias", bias, offset, isNorm ? ParameterRole.NormBias : ParameterRole.Bias, isFirst, isLast));
        }

        Parameter Next(Parameter parameter)
        {
            offset += (parameter.Count + Alignment - 1) / Alignment * Alignment;
            return parameter;
        }
    }
}
