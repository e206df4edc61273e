using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Data;

namespace Nin.Cli.Commands;

/// <summary><c>nin data</c>: what there is to train on.</summary>
internal static class DataCommand
{
    /// <summary>The command and those below it.</summary>
    public static Command Create(Output output)
    {
        var command = new NinCommand("data", "lists, fetches, examines and shows data sets",
            new("nin data list", "the built-in data sets"),
            new("nin data get cifar10", "fetches a data set from where it is published"),
            new("nin data info mnist", "counts, sizes, imbalance, duplicates, unreadable files"),
            new("nin data info ./photos", "the same of a folder of images"),
            new("nin data preview fashion-mnist --out sheet.png", "a picture with some images of each class"))
        {
            DataListCommand.Create(output),
            DataGetCommand.Create(output),
            DataInfoCommand.Create(output),
            DataPreviewCommand.Create(output),
        };
        command.SetAction(_ => DataListCommand.List(output));
        return command;
    }

    /// <summary>The argument that names data.</summary>
    public static Argument<string> DataArgument() => new Argument<string>("data") { Description = "built-in data set or folder of images" }.OffersData();

    /// <summary>The flag that says where official files lie.</summary>
    public static Option<string> RootOption() => new("--data") { Description = "folder that holds the official files", HelpName = "folder" };

    /// <summary>Loads what the two name.</summary>
    public static DataSet Load(ParseResult parse, Argument<string> data, Option<string> root, Output output)
    {
        var loaded = DataLoader.Load(parse.GetRequiredValue(data), parse.GetValue(root), new(), output);
        foreach (var remark in loaded.Remarks) output.Remark(remark);
        return loaded;
    }
}
