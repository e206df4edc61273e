using Nin.Architectures;
using Nin.Golden;

namespace Nin.Tests.Architectures;

/// <summary>The golden data itself, and the part of it that needs no engine: names, shapes and counts.</summary>
public sealed class GoldenTests
{
    [Fact]
    public void Values_are_those_of_the_script()
    {
        foreach (var formula in GoldenLogits.Load().Formula)
            Assert.Equal(formula.Values, GoldenValues.Fill(formula.Number, formula.Values.Length, formula.Scale, formula.Offset));
    }

    [Fact]
    public void State_dicts_have_the_keys_and_shapes_of_the_plan()
    {
        var steps = GoldenSteps.Load();
        var nets = GoldenLogits.Load().Nets.Select(net => (net.Architecture, net.Tensors)).Append((steps.Architecture, steps.Tensors));
        foreach (var (architecture, tensors) in nets)
            Assert.Equal(architecture.Plan().Steps.SelectMany(Tensors), tensors.Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]"));
    }

    [Fact]
    public void Parameters_and_logits_are_as_many_as_the_plan_says()
    {
        foreach (var net in GoldenLogits.Load().Nets)
        {
            var plan = net.Architecture.Plan();
            Assert.Equal(net.Parameters, plan.Parameters);
            Assert.Equal(net.Batch * plan.Output.Channels, net.Eval.Length);
            Assert.Equal(plan.Steps.Any(step => step.Operation is BatchNormOperation), net.Train is not null);
        }
    }

    [Fact]
    public void Every_kind_of_layer_is_covered()
    {
        var kinds = typeof(Layer).Assembly.GetTypes().Where(type => type.BaseType == typeof(Layer));
        Assert.Empty(kinds.Except(GoldenLogits.Load().Nets.SelectMany(net => net.Architecture.Layers).Select(layer => layer.GetType())));
    }

    private static IEnumerable<string> Tensors(PlannedStep step) => step.Operation switch
    {
        ConvolutionOperation c => [$"{step.Key}.weight [{c.Out}, {c.In}, {c.Kernel}, {c.Kernel}]", $"{step.Key}.bias [{c.Out}]"],
        LinearOperation l => [$"{step.Key}.weight [{l.Out}, {l.In}]", $"{step.Key}.bias [{l.Out}]"],
        BatchNormOperation b => new[] { "weight", "bias", "running_mean", "running_var" }.Select(name => $"{step.Key}.{name} [{b.Channels}]"),
        _ => [],
    };
}
