using System.CommandLine;
using Nin.Architectures;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;

namespace Nin.Cli.Commands;

/// <summary><c>nin summary</c>: a network layer by layer, or all of the catalogue.</summary>
internal static class SummaryCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var network = new Argument<string?>("network") { Description = "network of the catalogue, or a JSON file; the whole catalogue when left out", Arity = ArgumentArity.ZeroOrOne }.OffersNetworks();
        var size = new Option<string>("--image-size") { Description = "height and width of the input, in pixels", HelpName = "n" };
        var channels = new Option<string>("--channels") { Description = "channels of the input", HelpName = "n" };
        var classes = new Option<string>("--classes") { Description = "classes to tell apart; networks of the catalogue only", HelpName = "n" };
        var command = new NinCommand("summary", "shows a network layer by layer: shapes, parameters, cost",
            new("nin summary", "the catalogue"),
            new("nin summary nin-cifar10", "one network as published"),
            new("nin summary nin-d2l --image-size 96 --channels 3 --classes 5", "the same for other images"),
            new("nin summary my-net.json", "a network of your own"))
        {
            network, size, channels, classes,
        };
        command.SetAction(parse =>
        {
            if (parse.GetValue(network) is not { } name) return List(output);
            var summary = Summary.Of(Find(name, size.WholeOrNull(parse), channels.WholeOrNull(parse), classes.WholeOrNull(parse)).Plan());
            output.Answer(summary, SummaryText.Lines(summary));
            return 0;
        });
        return command;
    }

    private static int List(Output output)
    {
        var networks = Catalogue.Entries.Select(entry => new CatalogueRow(entry.Name, entry.Input.ToString(), entry.Classes, entry.Build().Plan().Parameters, entry.Source)).ToArray();
        output.Answer(new { networks }, TextTable.Lines(["network", "input", ">classes", ">parameters", "source"],
            networks.Select(row => new[] { row.Name, row.Input, $"{row.Classes}", NumberText.Count(row.Parameters), row.Source })));
        return 0;
    }

    private static Architecture Find(string name, int? size, int? channels, int? classes)
    {
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            if (classes is not null) throw new UsageException("--classes does not go with a file", $"the layers of {name} fix the number of classes", "change the last layer in the file");
            var own = ArchitectureJson.Read(name);
            return own with { Input = Resized(own.Input, size, channels) };
        }
        var entry = Catalogue.Find(name);
        return entry.Build(Resized(entry.Input, size, channels), classes);
    }

    private static Shape Resized(Shape shape, int? size, int? channels) =>
        new(channels ?? shape.Channels, size ?? shape.Height, size ?? shape.Width);

    private sealed record CatalogueRow(string Name, string Input, int Classes, long Parameters, string Source);
}
