using Nin.Cli.Parsing;
using Nin.Data;
using Nin.Recipes;

namespace Nin.Cli.Tests.Parsing;

public sealed class TrainTargetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nin-target").FullName;

    private string Recipe
    {
        get
        {
            var path = Path.Combine(_folder, "recipe.json");
            File.WriteAllText(path, "{}");
            return path;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_recipe_is_a_recipe() => Assert.Equal(new TrainTarget(Recipe, null, null), TrainTarget.Of(Recipe, null, null));

    [Fact]
    public void A_data_set_takes_the_recipe_of_its_name()
    {
        Assert.Equal(new TrainTarget("mnist", null, null), TrainTarget.Of("mnist", null, null));
        Assert.Equal(new TrainTarget("mnist", "mnist", null), TrainTarget.Of(null, "mnist", null));
    }

    [Theory]
    [InlineData("cifar100-coarse", "cifar100")]
    [InlineData("svhn-extra", "svhn")]
    public void A_data_set_without_one_takes_that_of_the_same_images(string data, string recipe)
    {
        Assert.Equal(new TrainTarget(recipe, data, null), TrainTarget.Of(data, null, null));
        Assert.Equal(new TrainTarget(recipe, data, null), TrainTarget.Of(null, data, null));
        Directory.CreateDirectory(Path.Combine(_folder, data));
        Assert.Equal(new TrainTarget(recipe, data, _folder), TrainTarget.Of(data, _folder, null));
    }

    [Fact]
    public void Every_data_set_has_a_recipe() =>
        Assert.All(DataCatalogue.Entries, source => Assert.Equal(source.Shape, DataCatalogue.Find(OptionsReader.Read(new(), TrainTarget.Of(source.Name, null, null).Config, []).Data).Shape));

    [Fact]
    public void Names_heed_no_case()
    {
        Assert.Equal(new TrainTarget("mnist", null, null), TrainTarget.Of("MNIST", null, null));
        Assert.Equal(new TrainTarget("mnist", "mnist", null), TrainTarget.Of(null, "Mnist", null));
        Assert.Equal(new TrainTarget("svhn", "svhn-extra", null), TrainTarget.Of("SVHN-extra", null, null));
    }

    [Fact]
    public void A_folder_of_a_data_set_takes_its_recipe()
    {
        var mnist = Path.Combine(_folder, "mnist");
        foreach (var file in DataCatalogue.Find("mnist").Files) Empty(mnist, file.Name);
        Assert.Equal(new TrainTarget("mnist", mnist, null), TrainTarget.Of(mnist, null, null));
        Assert.Equal(new TrainTarget("mnist", mnist, null), TrainTarget.Of(null, mnist, null));
        Assert.Equal(new TrainTarget("writeup-a", null, mnist), TrainTarget.Of("writeup-a", mnist, null));

        var cifar = Path.Combine(_folder, "cifar-10-batches-bin");
        foreach (var file in (string[])["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"]) Empty(cifar, $"{file}.bin");
        Assert.Equal(new TrainTarget("cifar10", cifar, null), TrainTarget.Of(cifar, null, null));
    }

    [Fact]
    public void Data_may_be_named_by_its_flag() => Assert.Equal(new TrainTarget(Recipe, "mnist", null), TrainTarget.Of(Recipe, "mnist", null));

    [Fact]
    public void A_folder_is_data() => Assert.Equal(new TrainTarget("writeup-a", _folder, null), TrainTarget.Of(_folder, null, "writeup-a"));

    [Fact]
    public void A_folder_of_images_has_no_recipe_unless_one_is_named()
    {
        Assert.Equal(new TrainTarget(null, _folder, null), TrainTarget.Of(_folder, null, null));
        Assert.Equal(new TrainTarget(null, _folder, null), TrainTarget.Of(null, _folder, null));
    }

    [Fact]
    public void A_folder_of_official_files_is_the_data_root()
    {
        File.WriteAllText(Path.Combine(_folder, "train-images-idx3-ubyte.gz"), "");
        Assert.Equal(new TrainTarget("fashion-mnist", null, _folder), TrainTarget.Of(null, _folder, null));
    }

    [Fact]
    public void A_folder_above_named_data_sets_is_the_data_root()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "mnist"));
        Assert.Equal(new TrainTarget("mnist", null, _folder), TrainTarget.Of("mnist", _folder, null));
    }

    [Theory]
    [InlineData("fashon-mnist", null, null, "did you mean 'fashion-mnist'?")]
    [InlineData(null, "minst", null, "did you mean 'mnist'?")]
    [InlineData("cifar100-coarse", "fashion-mnist", null, "drop --data fashion-mnist")]
    public void What_makes_no_sense_is_a_usage_error(string? target, string? data, string? config, string fix) =>
        Assert.Equal(fix, Assert.Throws<UsageException>(() => TrainTarget.Of(target, data, config)).Fix);

    [Fact]
    public void Two_recipes_are_one_too_many() => Assert.Throws<UsageException>(() => TrainTarget.Of(Recipe, null, "writeup-b"));

    [Theory]
    [InlineData("./no-such-folder", null)]
    [InlineData(null, "./no-such-folder")]
    public void A_missing_folder_is_a_data_error(string? target, string? data) => Assert.Throws<DataException>(() => TrainTarget.Of(target, data, null));

    private static void Empty(string folder, string file)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, file), "");
    }
}
