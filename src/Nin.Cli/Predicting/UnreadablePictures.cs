namespace Nin.Cli.Predicting;

/// <summary>The pictures of a command line that could not be read; all others are done, and then these are told.</summary>
internal sealed class UnreadablePictures
{
    private const int MostNamed = 5;

    private readonly List<(string Path, NinException Error)> _all = [];

    /// <summary>How many.</summary>
    public int Count => _all.Count;

    /// <summary>For programs.</summary>
    public IEnumerable<object> Documents => _all.Select(each => new { file = each.Path, what = each.Error.Message, why = each.Error.Why, fix = each.Error.Fix });

    /// <summary>One more.</summary>
    public void Add(string path, NinException error) => _all.Add((path, error));

    /// <summary>Exit code 0.</summary>
    /// <param name="pictures">How many were named in all.</param>
    /// <exception cref="DataException">There are some.</exception>
    public int Check(int pictures) => _all switch
    {
        [] => 0,
        [var (_, only)] => throw new DataException(only.Message, only.Why, only.Fix),
        _ => throw new DataException(
            $"{_all.Count} of {pictures} files could not be read",
            string.Join("; ", [.. _all.Take(MostNamed).Select(each => $"{each.Path}: {each.Error.Why}"), .. _all.Count > MostNamed ? [$"and {_all.Count - MostNamed} more"] : Array.Empty<string>()]),
            "mend or remove them; all others were done"),
    };
}
