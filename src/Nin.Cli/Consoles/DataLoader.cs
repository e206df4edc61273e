using Nin.Cli.Parsing;
using Nin.Data;
using Nin.Images.Folders;

namespace Nin.Cli.Consoles;

/// <summary>Reads what people name as data: a built-in data set, a folder of its files, or a folder of images.</summary>
internal static class DataLoader
{
    /// <summary>Reads it; what takes its time is shown.</summary>
    /// <exception cref="NinException">There is no such data, or it cannot be read.</exception>
    public static DataSet Load(string data, string? root, FolderOptions options, Output output) =>
        Directory.Exists(data) && !DataCatalogue.Names.Contains(data, StringComparer.OrdinalIgnoreCase) && !DataFolder.HoldsOfficialFiles(data) && DataCatalogue.Published(data) is null
            ? new WorkDisplay(output).During(report => ImageFolder.Load(data, options, report))
            : DataCatalogue.Load(data, root);
}
