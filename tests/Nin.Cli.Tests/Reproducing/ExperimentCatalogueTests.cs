using Nin.Cli.Reproducing;
using Nin.Data;
using Nin.Training.Runs;

namespace Nin.Cli.Tests.Reproducing;

public sealed class ExperimentCatalogueTests
{
    public static TheoryData<string> Names => [.. ExperimentCatalogue.Entries.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_training_has_a_recipe_and_a_network_that_fits_its_data(string name)
    {
        foreach (var scale in (Scale[])[new(), new() { BatchNorm = true }])
        {
            foreach (var run in ExperimentCatalogue.Find(name).Runs)
            {
                var recipe = scale.Recipe(run);
                var source = DataCatalogue.Find(recipe.Data);
                var input = recipe.ImageSize is { } side ? source.Shape with { Height = side, Width = side } : source.Shape;
                var network = scale.Network(run) is { } own ? own with { Input = input } : NetworkChoice.Resolve(recipe.Network, input, source.Classes);
                Assert.Equal(source.Classes, network.Classes);
            }
        }
    }

    [Fact]
    public void Trainings_of_one_name_are_the_same_training()
    {
        foreach (var same in ExperimentCatalogue.Entries.SelectMany(entry => entry.Runs).GroupBy(run => run.Name))
            Assert.Single(same.Select(run => (run.Recipe, run.Network)).Distinct());
    }

    [Fact]
    public void Plain_convolutions_have_as_many_parameters_as_mlpconv_layers()
    {
        var plain = ExperimentCatalogue.Find("linear-vs-mlpconv").Runs[1].Network!.Plan().Parameters;
        Assert.InRange(plain / 966_986.0, 0.9975, 1.0025);
    }

    [Theory]
    [InlineData("table1", new[] { 0.1041, 0.1451, 0.0881 })]
    [InlineData("table2", new[] { 0.3568 })]
    [InlineData("table3", new[] { 0.0235 })]
    [InlineData("table4", new[] { 0.0047 })]
    [InlineData("table5", new[] { 0.1159, 0.1088, 0.1041 })]
    [InlineData("section4.6", new[] { 0.1756, 0.1599, 0.1646 })]
    public void Published_errors_are_the_papers(string name, double[] errors) =>
        Assert.Equal(errors, ExperimentCatalogue.Find(name).Runs.Select(run => run.Published!.Value));

    [Fact]
    public void A_mistyped_name_gets_the_nearest()
    {
        Assert.Equal("did you mean 'figure3'?", Assert.Throws<UsageException>(() => ExperimentCatalogue.Find("figur3")).Fix);
        var (exitCode, terminal) = CapturedTerminal.Run("reproduce", "figure3", "--epochs", "0");
        Assert.Equal((2, "error: --epochs cannot be 0"), (exitCode, terminal.ErrorLines[0]));
    }

    [Fact]
    public void Alone_the_command_lists_what_each_shows_and_takes()
    {
        var (exitCode, terminal) = CapturedTerminal.Run("reproduce");
        Assert.Equal(0, exitCode);
        foreach (var name in Names) Assert.Contains(terminal.Out.Split('\n'), line => line.StartsWith($"{name.Data} ", StringComparison.Ordinal));
    }
}
