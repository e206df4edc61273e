using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Reports;

namespace Nin.Cli.Commands;

/// <summary><c>nin data preview</c>: draws some images of each class.</summary>
internal static class DataPreviewCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var (data, root) = (DataCommand.DataArgument(), DataCommand.RootOption());
        var path = new Option<string>("--out") { Description = "picture to write; preview.png when left out", HelpName = "file" };
        var command = new NinCommand("preview", "draws some images of each class into one picture",
            new("nin data preview fashion-mnist", "into preview.png"),
            new("nin data preview ./photos --out sheet.png", "a folder of images, into a file of that name"))
        {
            data, root, path,
        };
        command.SetAction(parse =>
        {
            var picture = parse.GetValue(path) ?? "preview.png";
            var images = DataCommand.Load(parse, data, root).Train;
            ImageSheet.Write(images, picture);
            output.Answer(new { picture }, [picture]);
            return 0;
        });
        return command;
    }
}
