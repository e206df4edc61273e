using Nin.Data;
using Nin.Recipes;
using Nin.Training.Runs;

namespace Nin.Training.Tests.Runs;

/// <summary>Every file in configs/ is a preset that loads, names data and a network that exist, and fits them together.</summary>
public sealed class PresetTests
{
    public static TheoryData<string> Names => [.. ConfigFiles.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_preset_loads_and_its_network_fits_its_data(string name)
    {
        var options = OptionsReader.Read(new TrainingOptions(), name, []);
        Assert.Equal(name, options.Name);

        var source = DataCatalogue.Find(options.Data);
        var input = options.ImageSize is { } side ? source.Shape with { Height = side, Width = side } : source.Shape;
        Assert.Equal(source.Classes, NetworkChoice.Resolve(options.Network, input, source.Classes).Classes);
        if (options.Normalisation.Kind == NormalisationKind.Fixed) Assert.Equal(source.Shape.Channels, options.Normalisation.Mean.Length);
    }

    [Fact]
    public void The_default_job_our_recipes_and_the_write_ups_are_there() =>
        Assert.Superset(new HashSet<string> { "fashion-mnist", "mnist", "cifar10", "cifar10-long", "cifar100", "svhn", "d2l-fashion-mnist", "writeup-a", "writeup-b", "writeup-c", "writeup-e" }, ConfigFiles.Names().ToHashSet());
}
