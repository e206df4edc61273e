using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Data;

namespace Nin.Cli.Commands;

/// <summary><c>nin data list</c>: the built-in data sets.</summary>
internal static class DataListCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var command = new NinCommand("list", "lists the built-in data sets",
            new("nin data list", "as a table"),
            new("nin data list --json", "for a program"));
        command.SetAction(_ => List(output));
        return command;
    }

    /// <summary>Lists them.</summary>
    public static int List(Output output)
    {
        output.Answer(new { data_sets = DataCatalogue.Entries.Select(entry => new { entry.Name, entry.Description, image = entry.Shape, entry.LabelNames }) }, TextTable.Lines(["data set", "image", ">classes", "what it is"],
            DataCatalogue.Entries.Select(entry => new[] { entry.Name, entry.Shape.ToString(), $"{entry.Classes}", entry.Description })));
        return 0;
    }
}
