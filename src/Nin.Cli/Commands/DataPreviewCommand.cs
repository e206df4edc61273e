using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Data;
using Nin.Files;
using Nin.Reports.Images;

namespace Nin.Cli.Commands;

/// <summary><c>nin data preview</c>: draws some images of each class.</summary>
internal static class DataPreviewCommand
{
    private const int ImagesPerClass = 8, MostClasses = 100;

    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var (data, root) = (DataCommand.DataArgument(), DataCommand.RootOption());
        var path = new Option<string>("--out") { Description = "picture to write; preview.png when left out", HelpName = "file" };
        var command = new NinCommand("preview", "draws some images of each class into one picture",
            new("nin data preview fashion-mnist", "into preview.png"),
            new("nin data preview ./photos", "a folder of images, as the network sees them"),
            new("nin data preview fashion-mnist --out sheet.png", "into a file of that name"))
        {
            data, root, path,
        };
        command.SetAction(parse =>
        {
            var picture = parse.GetValue(path) ?? "preview.png";
            var images = DataCommand.Load(parse, data, root, output).Train;
            if (images.LabelNames.Length > MostClasses) output.Remark($"the first {MostClasses} of {NumberText.Count(images.LabelNames.Length)} classes are drawn");
            var sheet = ImageSheet.Png(images, FirstOfEachClass(images), ImagesPerClass);
            AtomicFile.Write(picture, stream => stream.Write(sheet));
            output.Answer(new { picture }, [picture]);
            return 0;
        });
        return command;
    }

    private static int[] FirstOfEachClass(ImageSet images) =>
        [.. Enumerable.Range(0, images.Count).GroupBy(index => images.Labels[index]).OrderBy(group => group.Key).Take(MostClasses).SelectMany(group => group.Take(ImagesPerClass))];
}
