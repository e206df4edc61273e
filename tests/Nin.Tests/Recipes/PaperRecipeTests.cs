using Nin.Recipes;

namespace Nin.Tests.Recipes;

/// <summary>The authors' settings, as the paper and their definitions give them.</summary>
public sealed class PaperRecipeTests
{
    [Theory]
    [InlineData("paper-cifar10", "nin-cifar10", 0.1, 1e-4, PreprocessingKind.GcnZca)]
    [InlineData("paper-cifar10-augmented", "nin-cifar10", 0.1, 1e-4, PreprocessingKind.GcnZca)]
    [InlineData("paper-cifar100", "nin-cifar100", 0.02, 5e-4, PreprocessingKind.GcnZca)]
    [InlineData("paper-svhn", "nin-svhn", 0.1, 1e-4, PreprocessingKind.Lcn)]
    [InlineData("paper-mnist", "nin-mnist", 0.1, 1e-4, PreprocessingKind.None)]
    public void A_recipe_of_the_paper_has_its_rates_decay_and_preprocessing(string name, string network, double rate, double decay, PreprocessingKind preprocessing)
    {
        var options = Read(name);
        Assert.Equal((network, 128, 0.0), (options.Network, options.Batch, options.Validation));
        Assert.Equal((OptimizerKind.Sgd, rate, 0.9, decay), (options.Optimizer.Kind, options.Optimizer.LearningRate, options.Optimizer.Momentum, options.Optimizer.WeightDecay));
        Assert.Equal((2.0, 0.1, false), (options.Optimizer.BiasRate, options.Optimizer.LastLayerRate, options.Optimizer.DecayBiases));
        Assert.Equal((preprocessing, NormalisationKind.None), (options.Preprocessing.Kind, options.Normalisation.Kind));
        Assert.Equal((InitialisationKind.Gaussian, 0.05), (options.Initialisation.Kind, options.Initialisation.StandardDeviation));
        Assert.Equal((ScheduleKind.Step, 0.1), (options.Schedule.Kind, options.Schedule.Factor));
    }

    [Theory]
    [InlineData("paper-cifar10", 50_000)]
    [InlineData("paper-cifar100", 50_000)]
    [InlineData("paper-svhn", 604_388)]
    [InlineData("paper-mnist", 60_000)]
    public void Every_recipe_takes_as_many_steps_as_the_authors_took_on_CIFAR_and_reduces_the_rate_twice_at_the_same_places(string name, int images)
    {
        var options = Read(name);
        Assert.InRange(options.Epochs * (double)images / (260 * 50_000.0), 0.98, 1.03);
        Assert.Equal(2, options.Schedule.Milestones.Length);
        Assert.InRange(options.Schedule.Milestones[0] / (double)options.Epochs, 0.75, 0.78);
        Assert.InRange(options.Schedule.Milestones[1] / (double)options.Epochs, 0.88, 0.91);
    }

    [Fact]
    public void Augmented_images_are_moved_and_mirrored_and_nothing_else_differs()
    {
        var (plain, augmented) = (Read("paper-cifar10"), Read("paper-cifar10-augmented"));
        Assert.Equal((FlipKind.Random, 4), (augmented.Augmentation.Flip, augmented.Augmentation.Shift));
        Assert.Equal(new AugmentationOptions(), plain.Augmentation);
        Assert.Equal(plain.Optimizer, augmented.Optimizer);
    }

    [Fact]
    public void The_first_layers_of_the_CIFAR_100_network_begin_smaller() =>
        Assert.Equal([0.001, 0.01, 0.01], Read("paper-cifar100").Initialisation.FirstDeviations);

    private static TrainingOptions Read(string name) => OptionsReader.Read(new TrainingOptions(), name, []);
}
