using System.Collections.Immutable;
using Nin.Architectures;

namespace Nin.Weights;

/// <summary>
/// Takes a class out of a model, or puts one in. Where the last layer has a row a class, the other rows do not notice: their logits stay what they were.
/// </summary>
public static class ClassEdit
{
    /// <summary>The model without a class.</summary>
    /// <exception cref="UsageException">There is no such class, or only one.</exception>
    /// <exception cref="ModelException">The weights do not fit the network, or its last layer has no row of its own for each class.</exception>
    public static StoredModel Remove(StoredModel model, string label)
    {
        var names = model.Description.LabelNames;
        var row = names.IndexOf(label);
        if (row < 0) throw new UsageException($"there is no class '{label}'", $"the model tells apart {string.Join(", ", names)}", Suggestion.Remedy(label, names));
        if (names.Length == 1) throw new UsageException($"the class '{label}' cannot be removed", "it is the only one", "keep it");
        return Edit(model, names.RemoveAt(row), rows => [.. rows.Where((_, index) => index != row)]);
    }

    /// <summary>The model with one more class at the end, whose weights are zero: its logit is always 0.</summary>
    /// <exception cref="UsageException">There is such a class already.</exception>
    /// <exception cref="ModelException">The weights do not fit the network, or its last layer has no row of its own for each class.</exception>
    public static StoredModel Add(StoredModel model, string label)
    {
        var names = model.Description.LabelNames;
        if (names.Contains(label)) throw new UsageException($"there is a class '{label}' already", $"the model tells apart {string.Join(", ", names)}", "choose another name");
        return Edit(model, names.Add(label), rows => [.. rows, new float[rows[0].Length]]);
    }

    private static StoredModel Edit(StoredModel model, ImmutableArray<string> labelNames, Func<float[][], float[][]> change)
    {
        var plan = model.Description.Architecture.Plan();
        StateDict.Check(plan, model.Weights, model.Path);
        var last = plan.Steps.ToList().FindLastIndex(step => step.Operation is ConvolutionOperation or LinearOperation);
        var behind = plan.Steps.Skip(last + 1);
        if (plan.Steps[last].Output.Channels != plan.Output.Channels || behind.Any(step => step.Operation is MaxoutOperation or LocalResponseNormOperation))
            throw new ModelException($"the classes of {model.Path} cannot be edited", "its last layer has no row of its own for each class", "use a network whose last convolution has as many maps as there are classes");

        var keys = behind.Where(step => step.Operation is BatchNormOperation).Select(step => step.Key).Append(plan.Steps[last].Key).ToHashSet();
        var edited = StateDict.Of(plan).Select(entry => entry.Name).Where(name => keys.Contains(name[..name.LastIndexOf('.')])).ToHashSet();
        var weights = model.Weights.ToDictionary(tensor => tensor.Key, tensor => edited.Contains(tensor.Key) ? Edit(tensor.Value, change) : tensor.Value);
        var architecture = model.Description.Architecture with { Layers = Widened(model.Description.Architecture.Layers, plan.Steps[last].LayerIndex, labelNames.Length) };
        return model with { Weights = weights, Description = model.Description with { Architecture = architecture, NumClasses = labelNames.Length, LabelNames = labelNames } };
    }

    private static TensorData Edit(TensorData tensor, Func<float[][], float[][]> change)
    {
        var values = tensor.ToFloats();
        var rows = change([.. values.Chunk(values.Length / (int)tensor.Shape[0])]);
        return TensorData.OfFloats([.. rows.SelectMany(row => row)], [rows.Length, .. tensor.Shape.Skip(1)]);
    }

    private static ImmutableArray<Layer> Widened(ImmutableArray<Layer> layers, int index, int width) => layers.SetItem(index, layers[index] switch
    {
        Mlpconv m => m with { Widths = m.Widths.SetItem(m.Widths.Length - 1, width) },
        Convolution c => c with { Width = width },
        FullyConnected f => f with { Width = width },
        var other => other,
    });
}
