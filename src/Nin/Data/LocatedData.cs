using System.Collections.Immutable;

namespace Nin.Data;

/// <summary>A data set whose files were found.</summary>
/// <param name="Source">What it is.</param>
/// <param name="Layout">How it comes.</param>
/// <param name="Paths">The path of each of the layout's files, in order.</param>
public sealed record LocatedData(DataSource Source, DataLayout Layout, ImmutableArray<string> Paths)
{
    /// <summary>Reads it into memory.</summary>
    /// <exception cref="DataException">Its files are damaged or do not fit together.</exception>
    public DataSet Read() => Layout.Read(Source, Paths);
}
