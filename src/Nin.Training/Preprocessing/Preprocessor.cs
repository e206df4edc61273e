using Nin.Architectures;
using Nin.Recipes;
using Nin.Weights;
using static TorchSharp.torch;

namespace Nin.Training.Preprocessing;

/// <summary>What is done to whole images before a network sees them: contrast normalisation and whitening, in float32.</summary>
public sealed class Preprocessor : IDisposable
{
    private readonly PreprocessingOptions _options;
    private readonly Shape _input;
    private readonly Tensor? _mean;
    private readonly Tensor? _matrix;
    private readonly LocalContrast? _local;

    /// <summary>Prepares it.</summary>
    /// <param name="options">What is done.</param>
    /// <param name="input">[C, H, W] of the images.</param>
    /// <param name="whitening">Of <see cref="PreprocessingKind.GcnZca"/>; null leaves the whitening out, as while it is being measured.</param>
    public Preprocessor(PreprocessingOptions options, Shape input, Whitening? whitening)
    {
        (_options, _input) = (options, input);
        using var scope = NewDisposeScope();
        if (whitening is not null)
        {
            _mean = tensor(whitening.Mean).DetachFromDisposeScope();
            _matrix = tensor(whitening.Matrix, whitening.Values, whitening.Values).DetachFromDisposeScope();
        }
        if (options.Kind == PreprocessingKind.Lcn) _local = new LocalContrast(options.Window, input);
    }

    /// <summary>Preprocesses images.</summary>
    /// <param name="images">[N, H, W, C], float32, on the CPU.</param>
    /// <returns>The same shape. The caller disposes of it.</returns>
    public Tensor Apply(Tensor images)
    {
        using var scope = NewDisposeScope();
        var planes = images.permute(0, 3, 1, 2);
        var processed = _options.Kind switch
        {
            PreprocessingKind.Lcn => _local!.Apply(planes),
            PreprocessingKind.Gcn or PreprocessingKind.GcnZca => Whitened(GlobalContrast(planes.flatten(1))).reshape(planes.shape),
            _ => planes,
        };
        return processed.permute(0, 2, 3, 1).contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _mean?.Dispose();
        _matrix?.Dispose();
        _local?.Dispose();
    }

    /// <summary>Every row gets mean 0 and length <see cref="PreprocessingOptions.Scale"/>.</summary>
    private Tensor GlobalContrast(Tensor rows)
    {
        var centred = rows - rows.mean([1], keepdim: true);
        var length = centred.square().sum(1, keepdim: true).sqrt();
        return centred * (_options.Scale / where(length < PreprocessingOptions.LeastContrast, ones_like(length) * _options.Scale, length));
    }

    private Tensor Whitened(Tensor rows) => _matrix is null ? rows : (rows - _mean!).mm(_matrix);
}
