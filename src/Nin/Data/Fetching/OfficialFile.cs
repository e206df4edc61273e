using System.Collections.Immutable;

namespace Nin.Data.Fetching;

/// <summary>A file that a data set is published as.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Md5">Of its content, in lower-case hexadecimal digits, as it is published. It tells damage, not malice.</param>
/// <param name="Mirrors">Addresses of folders that hold it, the best first; each ends with a slash.</param>
public sealed record OfficialFile(string Name, string Md5, ImmutableArray<string> Mirrors)
{
    /// <summary>Whether it is unpacked once it is here.</summary>
    public bool IsArchive => Name.EndsWith(".tar.gz", StringComparison.Ordinal);
}
