using Nin.Cli.Predicting;
using Nin.Files;
using Nin.Inference;

namespace Nin.Cli.Tests.Predicting;

public sealed class PictureSourceTests : IDisposable
{
    private static readonly string Bag = Path.Combine(NinHome.Find()!, "samples", "bag.png");

    private readonly TemporaryFolder _folder = new();

    public PictureSourceTests()
    {
        foreach (var name in new[] { "bag.png", "a/bag.png", "a/1.jpg", "b/bag.png", "b/c/bag.png", ".hidden/bag.png" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
            File.Copy(Bag, _folder[name]);
        }
        File.WriteAllText(_folder["broken.png"], "no picture");
        File.WriteAllText(_folder["torn.png"], "no picture");
        Directory.CreateDirectory(_folder["empty"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bag.*", "bag.png")]
    [InlineData("*/bag.png", "a/bag.png", "b/bag.png")]
    [InlineData("?/*.jpg", "a/1.jpg")]
    [InlineData("**/bag.png", "a/bag.png", "b/bag.png", "b/c/bag.png", "bag.png")]
    [InlineData("b/**/bag.png", "b/bag.png", "b/c/bag.png")]
    [InlineData("nowhere/*/bag.png")]
    public void A_pattern_stands_for_the_files_that_fit_it(string pattern, params string[] files)
    {
        var found = PictureSource.Find([_folder[pattern]]).ToArray();
        if (files.Length == 0) Assert.Equal($"nothing fits {_folder[pattern]}", Assert.Single(found).Error!.Message);
        else Assert.Equal(files.Select(file => _folder[file]), found.Select(picture => picture.Path));
    }

    [Fact]
    public void Case_matters_as_it_does_in_the_system() =>
        Assert.Equal(OperatingSystem.IsWindows() ? _folder["a", "1.jpg"] : _folder["a", "*.JPG"], Assert.Single(PictureSource.Find([_folder["a", "*.JPG"]])).Path);

    [Fact]
    public void A_folder_stands_for_its_pictures_but_not_for_those_behind_links_to_folders()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links take a privilege there");
        Directory.CreateSymbolicLink(_folder["b", "all"], _folder.Path);
        File.CreateSymbolicLink(_folder["b", "linked.png"], Bag);
        Assert.Equal([_folder["b", "bag.png"], _folder["b", "c", "bag.png"], _folder["b", "linked.png"]], PictureSource.Expand([_folder["b"]]));
    }

    [Fact]
    public void Standard_input_and_what_names_no_picture_have_their_place_among_files()
    {
        using var classifier = Classifier.Load(ShippedModel.Path());
        string[] words = [Bag, "-", _folder["empty"], _folder["*.gif"], _folder["a", "bag.png"]];
        var results = PictureSource.Classify(classifier, words, batch: 32, () => File.OpenRead(Bag)).ToArray();
        Assert.Equal([Bag, "standard input", _folder["empty"], _folder["*.gif"], _folder["a", "bag.png"]], results.Select(result => result.Path));
        Assert.Equal(["Bag", "Bag", null, null, "Bag"], results.Select(result => result.Prediction?.Label));
    }

    [Fact]
    public void Standard_output_is_either_CSV_or_JSON()
    {
        var (exitCode, terminal) = CapturedTerminal.Run("predict", Bag, "--csv", "--json");
        Assert.Equal(2, exitCode);
        Assert.Equal("error: --csv does not go together with --json", terminal.ErrorLines[0]);
    }

    [Fact]
    public void Csv_has_a_row_a_picture_and_the_error_names_all_that_could_not_be_read()
    {
        var (exitCode, terminal) = CapturedTerminal.Run("predict", _folder["broken.png"], _folder["bag.png"], _folder["empty"], _folder["torn.png"], "--csv", "--top", "1");
        Assert.Equal(3, exitCode);
        Assert.Matches($"^file,label_1,probability_1\n.*broken.png,,\n.*bag.png,Bag,0.9[0-9]+\n.*empty,,\n.*torn.png,,\n$", terminal.Out);
        Assert.Equal("error: 3 of 4 files could not be read", terminal.ErrorLines[0]);
        foreach (var name in new[] { "broken.png", "empty", "torn.png" }) Assert.Contains($"{_folder[name]}: ", terminal.ErrorLines[1], StringComparison.Ordinal);
    }
}
