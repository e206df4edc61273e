using System.Collections.Immutable;
using Nin.Architectures;
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

    /// <summary>What is looked at after every epoch: held-out images, or with <see cref="TrainingOptions.WatchTest"/> the test's.</summary>
    public required ImageSet? Validation { get; init; }

    public required ImageSet? Test { get; init; }

    /// <summary>How many images the best epoch is chosen by.</summary>
    public int ValidationImages => Options.WatchTest ? 0 : Validation?.Count ?? 0;

    /// <summary>Indices of the held-out images in the whole training part of the data.</summary>
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
        var used = Split.Subset(data.Train.Labels, data.Train.Classes, options.Fraction, options.Seed);
        var available = options.Fraction < 1 ? data.Train.Select(used) : data.Train;
        var share = data.Validation is null ? options.Validation : 0;
        var (kept, held) = Split.Stratified(available.Labels, available.Classes, share, options.Seed);
        var train = held.Length > 0 ? available.Select(kept) : available;
        if (options.Batch > train.Count)
            throw new UsageException($"--batch {options.Batch} is larger than the data", $"{train.Count} images are left to train on", $"use --batch {train.Count} or less");

        var size = options.ImageSize;
        var input = size is { } side ? train.Shape with { Height = side, Width = side } : train.Shape;
        var architecture = NetworkChoice.Resolve(options.Network, input, train.Classes);
        CheckEarly(options, architecture);
        var (mean, deviation) = Scaling(options.Normalisation, train);
        var preprocessing = options.Preprocessing;
        var whitening = preprocessing.Kind == PreprocessingKind.GcnZca ? ranks.InTurn(() => WhiteningFit.Of(train, new(train.Shape, input, mean, deviation), preprocessing)) : null;
        return new()
        {
            Options = options,
            Train = train,
            Validation = options.WatchTest ? data.Test : held.Length > 0 ? available.Select(held) : data.Validation,
            Test = data.Test,
            HeldOut = [.. held.Select(i => used[i])],
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

    /// <summary>From bytes to what the network is tested on.</summary>
    public PixelPipeline Pipeline(ImageSet images) => Pipeline(images, Model.InputSize, alwaysResample: false);

    /// <summary>From bytes to what the network is fed in an epoch, from 0.</summary>
    public PixelPipeline TrainingPipeline(int epoch) => Pipeline(Train, InputAt(epoch), alwaysResample: Options.Augmentation.Crop < 1);

    /// <summary>How many epochs, from the first, are on smaller images.</summary>
    public int EarlyEpochs => (int)((decimal)Options.Early.Share * Options.Epochs); // decimal: 0.29 of 100 is 29

    /// <summary>[C, H, W] of the images in an epoch, from 0.</summary>
    public Shape InputAt(int epoch) =>
        epoch < EarlyEpochs ? Model.InputSize with { Height = Options.Early.ImageSize, Width = Options.Early.ImageSize } : Model.InputSize;

    /// <summary>What a step of an epoch, from 0, costs beside one with images of full size.</summary>
    public double WorkOf(int epoch) => InputAt(epoch).Elements / (double)Model.InputSize.Elements;

    /// <summary>What the steps after the first <paramref name="step"/> cost, in steps with images of full size.</summary>
    public double WorkAfter(long step)
    {
        var (early, all) = ((long)EarlyEpochs * StepsPerEpoch, (long)Options.Epochs * StepsPerEpoch);
        return Math.Max(0, early - step) * WorkOf(0) + Math.Max(0, all - Math.Max(step, early));
    }

    /// <summary>A network with its first weights.</summary>
    public Network NewNetwork(int seed)
    {
        var isFirstFixed = Options.Optimizer.FirstLayerRate == 0 && Model.Architecture.Plan().Steps[0].Operation is ConvolutionOperation;
        var network = new Network(Model.Architecture, Arithmetic, Options.SyncBatchNorm ? Ranks : null) { FirstStepIsFixed = isFirstFixed };
        Initialiser.Fill(network.Parameters, Options.Initialisation, seed);
        if (Options.Initialisation.FirstLayer == FirstLayerKind.Whitening) PatchWhitening.Fill(network, Train, Pipeline(Train));
        return network;
    }

    /// <summary>Convolutions take images of any size, fully connected layers of one.</summary>
    private static void CheckEarly(TrainingOptions options, Architecture architecture)
    {
        if (options.Early.Share == 0) return;
        var small = architecture with { Input = architecture.Input with { Height = options.Early.ImageSize, Width = options.Early.ImageSize } };
        if (small.Plan().Parameters != architecture.Plan().Parameters)
            throw new UsageException($"{architecture.Name} cannot begin with smaller images", "its fully connected layers take images of one size", "--set early.share=0");
    }

    private PixelPipeline Pipeline(ImageSet images, Shape input, bool alwaysResample) =>
        new(images.Shape, input, Model.Mean, Model.Std, alwaysResample) { Preprocessor = Preprocessor };

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
