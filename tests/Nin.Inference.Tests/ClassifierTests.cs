using Nin.Architectures;
using Nin.Files;
using Nin.Images;
using Nin.Images.Folders;
using Nin.Imaging;
using Nin.Onnx;

namespace Nin.Inference.Tests;

/// <summary>The model that ships, on pictures that ship.</summary>
public sealed class ClassifierTests : IDisposable
{
    private static readonly string Home = NinHome.Find()!;
    private static readonly string Samples = Path.Combine(Home, "samples");

    private readonly Classifier _classifier = Classifier.Load(Path.Combine(Home, "models", "fashion-mnist.onnx"));
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _classifier.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("ankle-boot.png", "Ankle boot")]
    [InlineData("bag.png", "Bag")]
    [InlineData("trouser.png", "Trouser")]
    public void Pictures_get_their_labels(string file, string label)
    {
        var prediction = _classifier.Classify(Path.Combine(Samples, file));
        Assert.Equal(label, prediction.Label);
        Assert.Equal(prediction.Top(1)[0], new ScoredLabel(prediction.Index, label, prediction.Probability));
        Assert.Equal(1, prediction.Probabilities.ToArray().Sum(), 1e-5);
    }

    [Fact]
    public void Path_stream_pixels_and_batch_give_the_same()
    {
        var path = Path.Combine(Samples, "bag.png");
        var expected = _classifier.Classify(path).Logits.ToArray();
        using var stream = File.OpenRead(path);
        Assert.Equal(expected, _classifier.Classify(stream).Logits.ToArray());
        var image = _classifier.Decode(path);
        Assert.Equal(expected, _classifier.Classify(image).Logits.ToArray());
        foreach (var prediction in _classifier.Classify([image, image, image]))
            for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], prediction.Logits.Span[k], 1e-4);
    }

    [Theory]
    [InlineData("nin-fast", ImageFit.Stretch)]
    [InlineData("nin-fast", ImageFit.Crop)]
    [InlineData("local-response", ImageFit.Stretch)]
    [InlineData("local-response", ImageFit.Crop)]
    public void A_picture_becomes_the_pixels_that_a_training_has_of_it(string network, ImageFit fit)
    {
        foreach (var (i, picture) in PictureFiles.In(Path.Combine(Home, "tests", "Nin.Images.Tests", "Pictures")).Index())
        {
            var copy = _folder["pictures", i % 2 == 0 ? "even" : "odd", Path.GetFileName(picture)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(picture, copy);
        }
        var golden = Models.Net(network);
        using var classifier = Classifier.Load(OnnxModel.Of(new(network, Models.Describe(golden) with { Fit = fit }, Models.Weights(golden))));
        var trainedOn = ImageFolder.Load(_folder["pictures"], new() { Shape = classifier.Input, Fit = fit, Cache = _folder["cache"] }).Train;
        string[] files = [.. PictureFiles.In(_folder["pictures"])];
        Assert.Equal(files.Length, trainedOn.Count);
        Assert.All(files, (file, i) => Assert.Equal(trainedOn.Image(i).ToArray(), classifier.Decode(file).Pixels));
    }

    [Fact]
    public void Class_maps_average_to_the_logits()
    {
        var prediction = _classifier.Classify(Path.Combine(Samples, "dress.png"));
        var maps = prediction.Maps!;
        Assert.Equal((10, 7, 7), (maps.Classes, maps.Height, maps.Width));
        for (var k = 0; k < maps.Classes; k++) Assert.Equal(prediction.Logits.Span[k], maps[k].ToArray().Average(), 1e-5f);
    }

    [Fact]
    public void Many_threads_may_use_one_classifier()
    {
        string[] files = [.. PictureFiles.In(Samples)];
        var expected = Array.ConvertAll(files, file => _classifier.Classify(file).Label);
        Parallel.For(0, 100, i => Assert.Equal(expected[i % files.Length], _classifier.Classify(files[i % files.Length]).Label));
    }

    [Fact]
    public void A_folder_is_classified_in_order_and_unreadable_files_are_told()
    {
        foreach (var (i, file) in PictureFiles.In(Samples).Index()) File.Copy(file, _folder[$"{i}.png"]);
        File.WriteAllText(_folder["2a.png"], "no picture");
        var results = _classifier.ClassifyFolder(_folder.Path, batch: 2).ToList();
        Assert.Equal(["0.png", "1.png", "2.png", "2a.png", "3.png", "4.png"], results.Select(result => Path.GetFileName(result.Path)));
        Assert.Equal(ImageFault.UnknownFormat, results[3].Error!.Fault);
        Assert.Null(results[3].Prediction);
        Assert.All(results.Where(result => result.Error is null), result => Assert.Equal(_classifier.Classify(result.Path).Label, result.Prediction!.Label));
    }

    [Fact]
    public void Files_are_told_by_the_same_endings_as_in_training()
    {
        foreach (var name in new[] { "a.jfif", "b.ICO", "c.heic", "d.txt", "e" }) File.WriteAllText(_folder[name], "no picture");
        Assert.Equal(["a.jfif", "b.ICO", "c.heic"], _classifier.ClassifyFolder(_folder.Path).Select(result => Path.GetFileName(result.Path)));
    }

    [Fact]
    public void Arguments_are_checked_before_the_first_result_is_asked_for()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _classifier.ClassifyFiles([], batch: 0));
        Assert.Throws<DirectoryNotFoundException>(() => _classifier.ClassifyFolder(_folder["nowhere"]));
    }

    [Fact]
    public void A_fault_while_decoding_is_thrown_as_it_is() =>
        Assert.ThrowsAny<ArgumentException>(() => _classifier.ClassifyFiles([Path.Combine(Samples, "bag.png"), ""]).ToList());

    [Fact]
    public void Pixels_of_another_number_of_channels_are_refused() =>
        Assert.Throws<ArgumentException>(() => _classifier.Classify(new PixelImage(new Shape(3, 28, 28), new byte[3 * 28 * 28])));

    [Fact]
    public void No_images_give_no_predictions() => Assert.Empty(_classifier.Classify(Array.Empty<PixelImage>()));

    [Fact]
    public void A_file_that_is_no_model_is_refused()
    {
        File.WriteAllText(_folder["broken.onnx"], "no model");
        Assert.Throws<ModelException>(() => Classifier.Load(_folder["broken.onnx"]));
        Assert.Throws<ModelException>(() => Classifier.Load(_folder["missing.onnx"]));
    }

    [Fact]
    public void As_many_classes_are_named_as_there_are_logits()
    {
        var net = Models.Net("nin-fast");
        var model = OnnxModel.Of(new("nin-fast", Models.Describe(net) with { LabelNames = ["one"] }, Models.Weights(net)));
        Assert.Contains("names 1 classes and gives logits [-1, 10]", Assert.Throws<ModelException>(() => Classifier.Load(model)).Why);
    }

    [Fact]
    public void A_model_of_one_image_at_a_time_is_refused()
    {
        // The input's free dimension, 12 05 "batch", becomes 1, written as long.
        var file = Models.Onnx("nin-fast").ToBytes();
        byte[] one = [0x08, 0x81, 0x80, 0x80, 0x80, 0x80, 0x00];
        one.CopyTo(file, file.AsSpan().IndexOf("\u0012\u0005batch"u8));
        Assert.Contains("batches of 1 only", Assert.Throws<ModelException>(() => Classifier.Load(file, "a model")).Why);
    }

    [Fact]
    public void The_metadata_describe_the_network()
    {
        Assert.Equal("nin-fast", _classifier.Metadata.Architecture.Name);
        Assert.Equal("fashion-mnist", _classifier.Metadata.Dataset);
        Assert.InRange(_classifier.Metadata.TestAccuracy!.Value, 0.9, 1);
    }
}
