using System.Collections.Immutable;
using Nin.Data;
using Nin.Recipes;
using Nin.Training.Batches;
using Nin.Training.Distributed;
using Nin.Training.Networks;
using Nin.Training.Preprocessing;
using Nin.Weights;

namespace Nin.Training.Runs;

/// <summary>What a run works with once options and data are known: the parts of the data, the network's description, the arithmetic.</summary>
internal sealed record RunPlan
{
    public required TrainingOptions Options { get; init; }

    public required ImageSet Train { get; init; }

    public required ImageSet? Validation { get; init; }

    public required ImageSet? Test { get; init; }

    /// <summary>Indices of the held-out images in the training part.</summary>
    public required int[] HeldOut { get; init; }

    public required ModelDescription Model { get; init; }

    public required Arithmetic Arithmetic { get; init; }

    /// <summary>Who make the run together.</summary>
    public Ranks Ranks { get; init; } = Ranks.Alone;

    /// <summary>Of the training images; null where none is asked for.</summary>
    public Whitening? Whitening { get; init; }

    /// <summary>What is done to whole images; null: nothing.</summary>
    public Preprocessor? Preprocessor { get; init; }

    public int StepsPerEpoch => (Train.Count + Options.Batch - 1) / Options.Batch;

    /// <exception cref="NinException">Options and data do not fit together.</exception>
    public static RunPlan Make(TrainingOptions options, DataSet data, Ranks? together = null)
    {
        var ranks = together ?? Ranks.Alone;
        var arithmetic = Arithmetic.Choose(options.Device, options.Precision, ranks.LocalRank);
        var available = data.Train;
        if (options.Fraction < 1) available = available.Select(Split.Subset(available.Labels, available.Classes, options.Fraction, options.Seed));
        var share = data.Validation is null ? options.Validation : 0;
        var (kept, held) = Split.Stratified(available.Labels, available.Classes, share, options.Seed);
        var train = held.Length > 0 ? available.Select(kept) : available;
        if (options.Batch > train.Count)
            throw new UsageException($"--batch {options.Batch} is larger than the data", $"{train.Count} images are left to train on", $"use --batch {train.Count} or less");

        var size = options.ImageSize;
        var input = size is { } side ? train.Shape with { Height = side, Width = side } : train.Shape;
        var architecture = NetworkChoice.Resolve(options.Network, input, train.Classes);
        var (mean, deviation) = Scaling(options.Normalisation, train);
        var preprocessing = options.Preprocessing;
        var whitening = preprocessing.Kind == PreprocessingKind.GcnZca ? WhiteningFit.Of(train, new(train.Shape, input, mean, deviation), preprocessing) : null;
        return new()
        {
            Options = options,
            Train = train,
            Validation = held.Length > 0 ? available.Select(held) : data.Validation,
            Test = data.Test,
            HeldOut = held,
            Arithmetic = arithmetic,
            Ranks = ranks,
            Whitening = whitening,
            Preprocessor = preprocessing.Kind == PreprocessingKind.None ? null : new(preprocessing, input, whitening),
            Model = new()
            {
                Architecture = architecture,
                NumClasses = train.Classes,
                LabelNames = train.LabelNames,
                InputSize = input,
                DataSize = train.Shape == input ? null : train.Shape,
                Mean = mean,
                Std = deviation,
                Preprocessing = preprocessing,
                Fit = data.Fit,
                Dataset = data.Name,
            },
        };
    }

    public PixelPipeline Pipeline(ImageSet images, bool forTraining) =>
        new PixelPipeline(images.Shape, Model.InputSize, Model.Mean, Model.Std, alwaysResample: forTraining && Options.Augmentation.Crop < 1).With(Preprocessor);

    private static (ImmutableArray<double> Mean, ImmutableArray<double> Deviation) Scaling(NormalisationOptions options, ImageSet train)
    {
        var channels = train.Shape.Channels;
        switch (options.Kind)
        {
            case NormalisationKind.None:
                return ([.. Enumerable.Repeat(0.0, channels)], [.. Enumerable.Repeat(1.0, channels)]);
            case NormalisationKind.Fixed:
                if (options.Mean.Length != channels || options.StandardDeviation.Length != channels)
                    throw new UsageException("the fixed normalisation does not fit the data", $"the images have {channels} channels; mean has {options.Mean.Length} values, standard_deviation {options.StandardDeviation.Length}", "give one value a channel, or use --set normalisation.kind=data");
                return (options.Mean, options.StandardDeviation);
            default:
                var measured = PixelStatistics.Of(train);
                // A channel that never changes carries nothing; leave it as it is.
                return (measured.Mean, [.. measured.StandardDeviation.Select(deviation => deviation > 0 ? deviation : 1)]);
        }
    }
}
