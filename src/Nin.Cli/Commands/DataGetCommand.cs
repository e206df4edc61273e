using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Data;
using Nin.Data.Fetching;

namespace Nin.Cli.Commands;

/// <summary><c>nin data get</c>: fetches a data set from where it is published.</summary>
internal static class DataGetCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var name = new Argument<string>("data") { Description = "built-in data set" }.OffersData();
        var root = new Option<string>("--data") { Description = "folder to put it into; NIN_DATA when left out, or the folder data of nin", HelpName = "folder" };
        var mirror = new Option<string>("--mirror") { Description = "folder on the web that holds the official files; where they are published when left out", HelpName = "address" };
        var command = new NinCommand("get", "fetches a data set from where it is published, and checks it",
            new("nin data get cifar10", "into the data folder; what broke off goes on where it was"),
            new("nin data get svhn --data ~/data", "into a folder of your own"),
            new("nin data get mnist --mirror https://example.org/mnist/", "from elsewhere; its checksums must be right all the same"))
        {
            name, root, mirror,
        };
        command.SetAction(parse =>
        {
            var source = DataCatalogue.Find(parse.GetRequiredValue(name));
            var place = parse.GetValue(root) ?? DataCatalogue.DefaultRoot
                ?? throw new UsageException("there is no data folder", "NIN_DATA is not set, and no folder above holds configs/ and data/", $"nin data get {source.Name} --data <folder>");
            return Get(source, place, parse.GetValue(mirror), output);
        });
        return command;
    }

    private static int Get(DataSource source, string root, string? mirror, Output output)
    {
        if (mirror is not null && !(Uri.TryCreate(mirror, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            throw new UsageException($"--mirror cannot be '{mirror}'", "it takes the http or https address of a folder", "for example --mirror https://example.org/mnist/");
        var isHere = IsHere(source, root);
        if (!isHere)
        {
            using var client = DataFetcher.NewClient();
            new WorkDisplay(output).During(report => new DataFetcher(client, report).FetchAsync(source, root, mirror).GetAwaiter().GetResult());
        }
        var found = source.Find(root) ?? throw new DataException($"{source.Name} was fetched, but not all of it is there", $"{root} lacks {string.Join(", ", source.Missing(root))}", "try again");
        if (!isHere) found.Read(); // A damaged file that was unpacked by hand still comes before the one that was fetched.
        var folder = Path.GetDirectoryName(found.Paths[0])!;
        output.Answer(new { data_set = source.Name, folder, fetched = !isHere }, [isHere ? $"{source.Name} is in {folder} already" : $"{source.Name} is in {folder}"]);
        return 0;
    }

    /// <summary>Whether the files are there and can be read. Damaged ones where they are fetched to are fetched again; others are not replaced.</summary>
    /// <exception cref="DataException">They are damaged, and elsewhere.</exception>
    private static bool IsHere(DataSource source, string root)
    {
        if (source.Find(root) is not { } found) return false;
        try
        {
            found.Read();
            return true;
        }
        catch (DataException) when (found.Paths.All(path => path.StartsWith(Path.Combine(root, source.HomeFolder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
        {
            return false;
        }
    }
}
