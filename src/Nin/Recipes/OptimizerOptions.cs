namespace Nin.Recipes;

/// <summary>How weights are updated.</summary>
public sealed record OptimizerOptions
{
    /// <summary>The rule.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.Sgd;

    /// <summary>The highest learning rate of the schedule.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Of SGD and Muon.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Look ahead along the momentum.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Decay per unit of learning rate. Under Muon it acts on the last layer alone, and with <see cref="DecayBiases"/> on biases and normalisations: the other weights keep their length.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Decay biases and batch normalisation too.</summary>
    public bool DecayBiases { get; init; }

    /// <summary>The rate of biases relative to that of weights; the authors use 2.</summary>
    public double BiasRate { get; init; } = 1;

    /// <summary>The rate of the last convolution or fully connected layer relative to the others; the authors use 0.1.</summary>
    public double LastLayerRate { get; init; } = 1;

    /// <summary>The rate of the first convolution or fully connected layer relative to the others; 0 leaves it as it begins.</summary>
    public double FirstLayerRate { get; init; } = 1;

    /// <summary>
    /// Keeps a running average of the weights, this share of it left after one step; the average is what is validated, tested and kept. 0: none.
    /// 0.998 averages over about 500 steps.
    /// </summary>
    public double Average { get; init; }

    /// <summary>Adam: decay of the mean.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam: decay of the mean square.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Adam: added to the root.</summary>
    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>The rule that turns gradients into updates.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Kingma and Ba, 2014; weight decay joins the gradient.</summary>
    Adam,

    /// <summary>Loshchilov and Hutter, 2017; weight decay acts on the weights.</summary>
    AdamW,

    /// <summary>
    /// Jordan et al., 2024: weights keep their length and turn, by the learning rate in radians, along their momentum made orthogonal. The last layer,
    /// biases and normalisations are left to SGD, with its weight decay, at the same rate times <see cref="OptimizerOptions.BiasRate"/> for biases and <see cref="OptimizerOptions.LastLayerRate"/> in the last layer.
    /// </summary>
    Muon,
}
