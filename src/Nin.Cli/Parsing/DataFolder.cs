using Nin.Data;

namespace Nin.Cli.Parsing;

/// <summary>Tells a folder of official data files from a folder of images.</summary>
internal static class DataFolder
{
    /// <summary>Whether a folder holds a built-in data set's files, as they are published or as an archive that must be unpacked first.</summary>
    public static bool HoldsOfficialFiles(string folder) =>
        Directory.Exists(folder) && DataCatalogue.Entries.Any(entry => entry.Find(folder) is not null || entry.FindForeignArchive(folder) is not null);
}
