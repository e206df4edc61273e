using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Data;

namespace Nin.Cli.Commands;

/// <summary><c>nin data info</c>: examines a data set.</summary>
internal static class DataInfoCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var (data, root) = (DataCommand.DataArgument(), DataCommand.RootOption());
        var command = new NinCommand("info", "shows counts, sizes, imbalance, duplicates and unreadable files",
            new("nin data info fashion-mnist", "a built-in data set"),
            new("nin data info ./photos", "a folder of images: ./photos/<class>/*.jpg, or ./photos/train/<class>/*.jpg"),
            new("nin data info mnist --data ~/data", "one whose files lie in a folder of your own"))
        {
            data, root,
        };
        command.SetAction(parse =>
        {
            var report = DataReport.Of(DataCommand.Load(parse, data, root, output));
            output.Answer(report, DataReportText.Lines(report));
            return 0;
        });
        return command;
    }
}
