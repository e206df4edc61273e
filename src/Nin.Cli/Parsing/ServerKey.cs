namespace Nin.Cli.Parsing;

/// <summary>The key that a server asks for; not a flag, because other users of a machine can read command lines.</summary>
internal static class ServerKey
{
    /// <summary>Holds the key.</summary>
    public const string Variable = "NIN_API_KEY";

    /// <summary>The key; null where there is none.</summary>
    /// <exception cref="UsageException">No header can carry it.</exception>
    public static string? Read() => Checked(Environment.GetEnvironmentVariable(Variable));

    /// <summary>A key as it stands in the variable; null where that is empty.</summary>
    /// <exception cref="UsageException">No header can carry it.</exception>
    public static string? Checked(string? key) =>
        string.IsNullOrEmpty(key) ? null
        : key.AsSpan().ContainsAnyExceptInRange(' ', '~') || key != key.Trim() ? throw new UsageException($"no client could show the key in {Variable}", "a header carries printable ASCII, without spaces or line breaks at its ends", $"from a file: {Variable}=\"$(cat key.txt)\" nin serve")
        : key;
}
