using Nin.Data;

namespace Nin.Cli.Parsing;

/// <summary>Tells a folder of official data files from a folder of images.</summary>
internal static class DataFolder
{
    // Also where some are missing: the error that follows then says which.
    private static readonly string[] _official = ["*-ubyte", "*-ubyte.gz", "data_batch_*", "*_32x32.mat", "cifar-*.tar.*"];

    /// <summary>Whether a folder holds files as data sets publish them, or subfolders named after built-in data sets; not where it may not be listed.</summary>
    public static bool HoldsOfficialFiles(string folder) =>
        Directory.Exists(folder)
        && (DataCatalogue.Entries.Any(entry => Directory.Exists(Path.Combine(folder, entry.Name)) || entry.Find(folder) is not null)
            || _official.Any(pattern => Directory.EnumerateFiles(folder, pattern, new EnumerationOptions()).Any()));
}
