using System.Collections.Immutable;
using Nin.Data.Cifar;
using Nin.Files;

namespace Nin.Data;

/// <summary>The data sets that Nin knows by name, and where their files are found.</summary>
public static class DataCatalogue
{
    /// <summary>Every data set.</summary>
    public static ImmutableArray<DataSource> Entries { get; } =
        [MnistFamily.FashionMnist, MnistFamily.Mnist, CifarFamily.Cifar10, CifarFamily.Cifar100, CifarFamily.Cifar100Coarse, Svhn.Digits, Svhn.WithExtra];

    /// <summary>The names, in the order of <see cref="Entries"/>.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>The entry of a name.</summary>
    /// <exception cref="UsageException">There is no such data set.</exception>
    public static DataSource Find(string name) =>
        Entries.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException($"there is no data set '{name}'", $"it is neither a folder nor one of {string.Join(", ", Names)}", Suggestion.Remedy(name, Names));

    /// <summary>Reads a data set into memory.</summary>
    /// <param name="nameOrFolder">One of <see cref="Names"/>, or the folder of one, named as it is. Folders of images are not read here: decoding them takes native code.</param>
    /// <param name="root">The folder to search; null searches <c>NIN_DATA</c>, the user's own <c>nin/data</c> where nin is installed, then the <c>data</c> folder of <see cref="NinHome"/>.</param>
    /// <exception cref="UsageException">There is no such data set.</exception>
    /// <exception cref="DataException">Its files are missing, damaged or do not fit together.</exception>
    public static DataSet Load(string nameOrFolder, string? root)
    {
        if (!Names.Contains(nameOrFolder, StringComparer.OrdinalIgnoreCase) && Directory.Exists(nameOrFolder)) return LoadFolder(nameOrFolder);
        var source = Find(nameOrFolder);
        var roots = root is null ? DefaultRoots : [root];
        foreach (var candidate in roots)
        {
            if (source.Find(candidate) is { } found) return found.Read();
        }
        throw Missing(source, roots);
    }

    /// <summary>The data set whose official files a folder holds, by the folder's own name; null where it holds none.</summary>
    public static DataSource? Published(string folder) => Directory.Exists(folder) && Named(folder) is { } source && source.Find(folder) is not null ? source : null;

    private static DataSet LoadFolder(string folder)
    {
        var source = Named(folder);
        if (source is null)
            throw new DataException($"{folder} holds no data set that Nin reads", $"its name is none of {string.Join(", ", Names)}", $"name the data set and its folder: {Names.First()} --data {ShellWord.Quoted(folder)}");
        return (source.Find(folder) ?? throw Missing(source, [folder])).Read();
    }

    private static DataSource? Named(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return Entries.FirstOrDefault(entry => entry.FolderNames.Prepend(entry.Name).Any(known => Letters(known).Equals(Letters(name), StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>So that FashionMNIST, torchvision's folder, is fashion-mnist.</summary>
    private static string Letters(string name) => name.Replace("-", "").Replace("_", "");

    /// <summary>
    /// Where data sets are fetched to: <c>NIN_DATA</c>, else the folder <c>data</c> of a checkout, else <c>nin/data</c> among the user's application data;
    /// null where none is known.
    /// </summary>
    public static string? DefaultRoot => DefaultRoots.FirstOrDefault();

    /// <summary>Where data sets are searched, in this order, whether the folders exist or not.</summary>
    public static ImmutableArray<string> DefaultRoots
    {
        get
        {
            var home = NinHome.Find();
            var own = home is null ? null : Path.Combine(home, "data");
            return [.. new[] { Environment.GetEnvironmentVariable("NIN_DATA"), NinHome.IsCheckout(home) ? null : OfUser(), own }.OfType<string>().Where(folder => folder.Length > 0)];
        }
    }

    /// <summary>An installed nin goes with its next version: what was fetched must not lie in it.</summary>
    private static string? OfUser() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder ? Path.Combine(folder, "nin", "data") : null;

    private static DataException Missing(DataSource source, ImmutableArray<string> roots) => roots switch
    {
        [] => new(
            $"the files of {source.Name} were not found",
            "no data folder is known: NIN_DATA is not set, and no folder above holds configs/ and data/",
            $"nin data get {source.Name} --data <folder>, or set NIN_DATA to a folder that holds {source.HomeFolder}/"),
        _ when roots.Select(source.FindForeignArchive).FirstOrDefault(path => path is not null) is { } archive => new(
            $"{archive} has to be unpacked first",
            ".NET has no decoder for xz",
            $"tar xf {ShellWord.Quoted(archive)} -C {ShellWord.Quoted(Path.GetDirectoryName(archive)!)}"),
        _ => new(
            $"the files of {source.Name} were not found",
            $"{roots[0]} lacks {string.Join(", ", source.Missing(roots[0]))}{(roots.Length > 1 ? $"; {roots[1]} was searched too" : "")}",
            $"nin data get {source.Name}{(roots.Length == 1 ? $" --data {ShellWord.Quoted(roots[0])}" : "")}, or put {source.Official} into {Path.Combine(roots[0], source.HomeFolder)}"),
    };
}
