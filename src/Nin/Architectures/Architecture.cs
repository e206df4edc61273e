using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Nin.Architectures;

/// <summary>A network as data: its name, the shape of its input and its layers, from which everything else is derived.</summary>
public sealed record Architecture
{
    /// <summary>The name people type, for example <c>nin-cifar10</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The shape of one input image: [C, H, W].</summary>
    public required Shape Input { get; init; }

    /// <summary>The layers, first to last.</summary>
    public required ImmutableArray<Layer> Layers { get; init; }

    /// <summary>Where the network comes from, in a sentence.</summary>
    public string Source { get; init; } = "";

    /// <summary>Every step with its shapes, parameters and receptive field; fails where layers do not fit together.</summary>
    /// <exception cref="ModelException">A layer does not fit its input.</exception>
    public Plan Plan() => Planner.Plan(this);

    /// <summary>The number of logits.</summary>
    [JsonIgnore]
    public int Classes => Plan().Output.Channels;
}
