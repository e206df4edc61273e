using System.Collections.Immutable;

namespace Nin.Architectures;

/// <summary>What <c>nin summary</c> shows of a network: a row a layer, each with its operations, the totals, and well-known networks to compare with.</summary>
/// <param name="Name">The network's name.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Input">[C, H, W] of one image.</param>
/// <param name="Classes">The number of logits.</param>
/// <param name="Layers">A row a layer, first to last.</param>
/// <param name="Parameters">Trainable values in all.</param>
/// <param name="Macs">Multiply-accumulates for one image.</param>
/// <param name="SizeMb">The weights in MiB, as float32.</param>
/// <param name="TrainingBytes">Activations that training keeps of one image; see <see cref="Plan.TrainingBytes"/>.</param>
/// <param name="InferenceBytes">The most that is alive at once while one image is classified; see <see cref="Plan.InferenceBytes"/>.</param>
/// <param name="Yardsticks">Sizes of networks with fully connected heads, at 1,000 classes.</param>
public sealed record Summary(
    string Name,
    string Source,
    Shape Input,
    int Classes,
    ImmutableArray<SummaryRow> Layers,
    long Parameters,
    long Macs,
    double SizeMb,
    long TrainingBytes,
    long InferenceBytes,
    ImmutableArray<Yardstick> Yardsticks)
{
    /// <summary>The summary of a planned network.</summary>
    public static Summary Of(Plan plan) => new(
        plan.Architecture.Name,
        plan.Architecture.Source,
        plan.Architecture.Input,
        plan.Output.Channels,
        [.. plan.Steps.GroupBy(step => step.LayerIndex).Select(steps => SummaryRow.Of(plan.Architecture.Layers[steps.Key], [.. steps]))],
        plan.Parameters,
        plan.Macs,
        plan.SizeMb,
        plan.TrainingBytes,
        plan.InferenceBytes,
        [.. Architectures.Yardsticks.All.Select(architecture => Yardstick.Of(architecture.Plan()))]);
}

/// <summary>A layer or an operation in a summary.</summary>
/// <param name="Layer">The layer's number, from 1, as error messages count.</param>
/// <param name="Key">The prefix of its weights' names: <c>0</c> for a layer, <c>0.2</c> for an operation in it.</param>
/// <param name="Description">In a few words.</param>
/// <param name="Output">[C, H, W] that it gives.</param>
/// <param name="Parameters">Trainable values.</param>
/// <param name="Macs">Multiply-accumulates for one image.</param>
/// <param name="ReceptiveField">The side of the square of input pixels that one output cell sees.</param>
/// <param name="TrainingBytes">Activations that it makes training keep of one image.</param>
/// <param name="InferenceBytes">The most that is alive at once while it works on one image.</param>
/// <param name="Operations">A row an operation of the layer; empty in the row of an operation.</param>
public sealed record SummaryRow(
    int Layer,
    string Key,
    string Description,
    Shape Output,
    long Parameters,
    long Macs,
    int ReceptiveField,
    long TrainingBytes,
    long InferenceBytes,
    ImmutableArray<SummaryRow> Operations)
{
    /// <summary>The row of a layer, from its steps.</summary>
    internal static SummaryRow Of(Layer layer, ImmutableArray<PlannedStep> steps) => new(
        steps[0].LayerIndex + 1,
        $"{steps[0].LayerIndex}",
        LayerText.Describe(layer),
        steps[^1].Output,
        steps.Sum(step => step.Parameters),
        steps.Sum(step => step.Macs),
        steps[^1].ReceptiveField.Size,
        steps.Sum(step => step.TrainingBytes),
        steps.Max(step => step.InferenceBytes),
        [.. steps.Select(Of)]);

    private static SummaryRow Of(PlannedStep step) => new(
        step.LayerIndex + 1,
        step.Key,
        OperationText.Describe(step.Operation),
        step.Output,
        step.Parameters,
        step.Macs,
        step.ReceptiveField.Size,
        step.TrainingBytes,
        step.InferenceBytes,
        []);
}

/// <summary>The size of a well-known network.</summary>
/// <param name="Name">For example "alexnet".</param>
/// <param name="Parameters">Trainable values.</param>
/// <param name="Macs">Multiply-accumulates for one image of 3x224x224.</param>
/// <param name="SizeMb">The weights in MiB, as float32.</param>
public sealed record Yardstick(string Name, long Parameters, long Macs, double SizeMb)
{
    internal static Yardstick Of(Plan plan) => new(plan.Architecture.Name, plan.Parameters, plan.Macs, plan.SizeMb);
}
