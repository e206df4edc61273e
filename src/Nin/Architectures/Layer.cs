using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Nin.Architectures;

/// <summary>One line of a network's description. Plain data: shape inference, training and export each read it in their own way.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(Mlpconv), "mlpconv")]
[JsonDerivedType(typeof(Convolution), "convolution")]
[JsonDerivedType(typeof(BatchNormalisation), "batch_normalisation")]
[JsonDerivedType(typeof(Relu), "relu")]
[JsonDerivedType(typeof(MaxPool), "max_pool")]
[JsonDerivedType(typeof(AveragePool), "average_pool")]
[JsonDerivedType(typeof(Dropout), "dropout")]
[JsonDerivedType(typeof(LocalResponseNormalisation), "local_response_normalisation")]
[JsonDerivedType(typeof(Maxout), "maxout")]
[JsonDerivedType(typeof(GlobalAveragePool), "global_average_pool")]
[JsonDerivedType(typeof(Flatten), "flatten")]
[JsonDerivedType(typeof(FullyConnected), "fully_connected")]
public abstract record Layer;

/// <summary>
/// The paper's layer (section 3.1, equation 2): a small perceptron slid over the image. A k x k convolution, then 1 x 1 convolutions,
/// each followed by ReLU.
/// </summary>
/// <param name="Widths">The maps of each perceptron layer, the k x k convolution first; 192, 160, 96 in the paper's first block.</param>
/// <param name="Kernel">k, in pixels.</param>
/// <param name="Stride">Of the k x k convolution.</param>
/// <param name="Padding">Zeros around the image before the k x k convolution, in pixels.</param>
/// <param name="BatchNorm">Normalise over the batch after each convolution that a ReLU follows.</param>
/// <param name="FinalRelu">
/// End with a ReLU, as the authors' nets do, the class maps included. Without it the last 1 x 1 convolution stays linear and bare, so that
/// class maps can be negative and cannot die together.
/// </param>
public sealed record Mlpconv(
    ImmutableArray<int> Widths, int Kernel, int Stride = 1, int Padding = 0, bool BatchNorm = false, bool FinalRelu = true) : Layer;

/// <summary>A conventional, linear convolution, by default with ReLU.</summary>
/// <param name="Width">Output maps.</param>
/// <param name="Kernel">k, in pixels.</param>
/// <param name="Stride">In pixels.</param>
/// <param name="Padding">Zeros around the image, in pixels.</param>
/// <param name="BatchNorm">Normalise over the batch before the ReLU.</param>
/// <param name="Relu">Follow with a ReLU.</param>
public sealed record Convolution(int Width, int Kernel, int Stride = 1, int Padding = 0, bool BatchNorm = false, bool Relu = true) : Layer;

/// <summary>Batch normalisation on its own, for networks that pool between convolution and normalisation.</summary>
public sealed record BatchNormalisation : Layer;

/// <summary>max(x, 0) on its own.</summary>
public sealed record Relu : Layer;

/// <summary>The largest value of each window.</summary>
/// <param name="Kernel">Window, in pixels.</param>
/// <param name="Stride">In pixels.</param>
/// <param name="Padding">In pixels; padded places never win.</param>
/// <param name="Ceil">Round the output size up, as Caffe and cuda-convnet do, so that the last window may hang over the border.</param>
public sealed record MaxPool(int Kernel, int Stride, int Padding = 0, bool Ceil = false) : Layer;

/// <summary>The mean of each window; places outside the image do not count.</summary>
/// <param name="Kernel">Window, in pixels.</param>
/// <param name="Stride">In pixels.</param>
/// <param name="Padding">In pixels.</param>
/// <param name="Ceil">Round the output size up.</param>
public sealed record AveragePool(int Kernel, int Stride, int Padding = 0, bool Ceil = false) : Layer;

/// <summary>Sets each value to zero with probability <paramref name="Rate"/> during training and scales the others by 1 / (1 - rate). The paper uses 0.5 between mlpconv layers.</summary>
/// <param name="Rate">In [0, 1).</param>
public sealed record Dropout(double Rate = 0.5) : Layer;

/// <summary>Divides each value by a power of the energy of its neighbours across channels: x / (k + alpha / size * sum x^2)^beta.</summary>
/// <param name="Size">Channels in the neighbourhood.</param>
/// <param name="Alpha">Weight of the energy.</param>
/// <param name="Beta">Exponent.</param>
/// <param name="K">Additive constant.</param>
public sealed record LocalResponseNormalisation(int Size = 5, double Alpha = 1e-4, double Beta = 0.75, double K = 2) : Layer;

/// <summary>The largest of each group of neighbouring channels, in place of ReLU (Goodfellow et al., 2013).</summary>
/// <param name="Pieces">Channels in a group; their number must divide the channels.</param>
public sealed record Maxout(int Pieces) : Layer;

/// <summary>The mean of each map: one logit a class map (section 3.2). No parameters, no fully connected layer.</summary>
public sealed record GlobalAveragePool : Layer;

/// <summary>[C, H, W] as a vector of C*H*W values, for fully connected heads.</summary>
public sealed record Flatten : Layer;

/// <summary>A fully connected layer on a flattened input: the head that global average pooling replaces (section 4.6).</summary>
/// <param name="Width">Outputs.</param>
/// <param name="Relu">Follow with a ReLU; not on the layer that gives the logits.</param>
public sealed record FullyConnected(int Width, bool Relu = false) : Layer;
