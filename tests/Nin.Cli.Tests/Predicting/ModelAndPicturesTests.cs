using Nin.Cli.Predicting;

namespace Nin.Cli.Tests.Predicting;

public sealed class ModelAndPicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_comes_before_its_pictures()
    {
        Assert.Equal(Fill("run", "options.json", "model.onnx"), ModelAndPictures.Of([_folder["run"], "cat.jpg"]).Model);
        Assert.Equal("cat.jpg", Assert.Single(ModelAndPictures.Of([_folder["run"], "cat.jpg"]).Pictures));
        // Nothing of one command: nin predict and nin explain say it.
        Assert.Equal($"add files, folders or patterns: {ShellWord.Quoted(_folder["run"])} photo.jpg", Assert.Throws<UsageException>(() => ModelAndPictures.Of([_folder["run"]])).Fix);
    }

    [Fact]
    public void A_folder_of_pictures_is_for_the_model_that_ships()
    {
        Fill("photos", "cat.jpg");
        Assert.Equal(ShippedModel.Path(), ModelAndPictures.Of([_folder["photos"], "cat.jpg"]).Model);
        Assert.Equal(_folder["photos"], Assert.Single(ModelAndPictures.Of([_folder["photos"]]).Pictures));
    }

    [Theory]
    [InlineData("nin train --resume", "options.json", "curves.png")]
    [InlineData("nin export", "options.json", "model.safetensors")]
    [InlineData("nin export", "config.json", "model.safetensors")]
    public void A_run_without_a_model_is_no_folder_of_pictures(string remedy, params string[] files)
    {
        Fill("run", files);
        var error = Assert.Throws<ModelException>(() => ModelAndPictures.Of([_folder["run"], "cat.jpg"]));
        Assert.Equal($"{remedy} {ShellWord.Quoted(_folder["run"])}", error.Fix);
        Assert.Throws<ModelException>(() => ModelAndPictures.Of([_folder["run"]]));
    }

    [Fact]
    public void Weights_are_no_picture()
    {
        var weights = Fill("checkpoints", "best.safetensors");
        Assert.Equal($"nin export {ShellWord.Quoted(weights)} --out model.onnx", Assert.Throws<ModelException>(() => ModelAndPictures.Of([weights, "cat.jpg"])).Fix);
    }

    /// <summary>Empty files; gives the path of the last.</summary>
    private string Fill(string folder, params string[] files)
    {
        Directory.CreateDirectory(_folder[folder]);
        foreach (var file in files) File.WriteAllText(_folder[folder, file], "");
        return _folder[folder, files[^1]];
    }
}
