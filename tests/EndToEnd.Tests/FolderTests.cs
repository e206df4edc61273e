using System.Buffers.Binary;
using System.Text.Json;

namespace Nin.EndToEnd;

/// <summary>A folder of one's own images: examined, trained on, evaluated; what is wrong with it is said.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_trains_without_any_option_and_says_what_it_skipped_and_chose()
    {
        Fill("photos", 12);
        File.WriteAllText(_folder["photos", "dark", "broken.jpg"], "no picture");

        var (code, output, error) = Run("train", "./photos", "--epochs", "2", "--device", "cpu", "--out", "runs");
        Assert.True(code == 0, error);
        Assert.Contains("1 unreadable file was skipped:", error);
        Assert.Contains("./photos/dark/broken.jpg: it is text", error);
        Assert.Contains("nin-photo at 3x48x48", error);
        Assert.Contains("validation", output);

        (code, _, error) = Run("explain", "--worst", "runs/train/photos");
        Assert.True(code == 0, error);
        Assert.StartsWith("1 unreadable file was skipped:", error, StringComparison.Ordinal);
        Assert.Contains("looking at 4 images of the held-out part of photos train", error);

        // What the training names as the next command.
        (code, output, error) = Run("eval", "runs/train/photos");
        Assert.True(code == 0, error);
        Assert.Contains("photos has no test part; tested on 4 images of the held-out part of photos train", error);
        Assert.Contains("4 of the held-out part of photos train", output);

        (code, output, error) = Run("eval", "runs/train/photos", "./photos", "--part", "train", "--json");
        Assert.True(code == 0, error);
        Assert.Equal(24, JsonDocument.Parse(output).RootElement.GetProperty("images").GetInt32());

        // From another folder, in which there is no ./photos.
        Directory.CreateDirectory(_folder["elsewhere"]);
        (code, output, error) = NinProcess.Run(_folder["elsewhere"], "eval", _folder["runs", "train", "photos"], "--part", "train", "--json");
        Assert.True(code == 0, error);
        Assert.Equal(24, JsonDocument.Parse(output).RootElement.GetProperty("images").GetInt32());
        Assert.Matches(@"photos +train +photos +nin-photo ", Run("runs", "--out", "runs").Out);
    }

    [Fact]
    public void CIFAR_10_as_a_folder_of_PNG_files_trains_to_the_weights_of_its_binary_form()
    {
        ColourBars.Write(_folder["binary"], _folder["png"]);
        foreach (var (name, target) in new[] { ("one", new[] { "cifar10", "--data", "./binary" }), ("other", ["./png", "--config", "cifar10"]) })
        {
            var (code, _, error) = Run(["train", .. target, "--epochs", "2", "--batch", "32", "--name", name, "--no-report"]);
            Assert.True(code == 0, error);
        }
        Assert.Equal(File.ReadAllBytes(_folder["runs", "train", "one", "model.safetensors"]), File.ReadAllBytes(_folder["runs", "train", "other", "model.safetensors"]));
        Assert.Equal(File.ReadAllText(_folder["runs", "train", "one", "evaluation.json"]), File.ReadAllText(_folder["runs", "train", "other", "evaluation.json"]));
    }

    [Fact]
    public void Info_counts_files_formats_and_sizes()
    {
        Fill("photos", 3);
        var (code, output, error) = Run("data", "info", "./photos");
        Assert.True(code == 0, error);
        Assert.Contains("6 bmp; 60x50 to 60x50", output);
        Assert.Contains("unreadable  none", output);
    }

    [Fact]
    public void A_split_folder_of_another_name_is_pointed_out()
    {
        Fill("photos/train", 1);
        Fill("photos/checking", 2);
        Directory.CreateDirectory(_folder["photos", "val"]);
        var (code, _, error) = Run("train", "./photos");
        Assert.Equal(3, code);
        Assert.Equal(
            """
            error: ./photos/val holds no images (./photos/checking holds 4)
              why: split folders are matched by name: train, val|valid|validation, test
              fix: nin train ./photos --val-dir checking
            """,
            error.TrimEnd().ReplaceLineEndings());
    }

    private (int ExitCode, string Out, string Error) Run(params string[] arguments) => NinProcess.Run(_folder.Path, arguments);

    /// <summary>Dark and bright images, in a class each.</summary>
    private void Fill(string folder, int images)
    {
        foreach (var (name, level) in new[] { ("bright", 180), ("dark", 20) })
        {
            Directory.CreateDirectory(_folder[folder, name]);
            for (var i = 0; i < images; i++) File.WriteAllBytes(_folder[folder, name, $"{i}.bmp"], Bitmap(60, 50, (byte)(level + i)));
        }
    }

    /// <summary>A grey BMP of 24 bits.</summary>
    private static byte[] Bitmap(int width, int height, byte level)
    {
        const int Header = 54;
        var row = (3 * width + 3) / 4 * 4;
        var file = new byte[Header + row * height];
        Array.Fill(file, level, Header, file.Length - Header);
        "BM"u8.CopyTo(file);
        foreach (var (at, value) in new[] { (2, file.Length), (10, Header), (14, 40), (18, width), (22, height), (26, 1 | 24 << 16) }) BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        return file;
    }
}
