namespace Nin;

/// <summary>Words of commands that are printed to be copied.</summary>
public static class ShellWord
{
    /// <summary>The word, in quotes where a shell would take it for something else: double ones on Windows, whose shells agree on them, single ones elsewhere.</summary>
    public static string Quoted(string word) =>
        word.Length > 0 && word.All(IsPlain) ? word
        : OperatingSystem.IsWindows() ? $"\"{word}\""
        : $"'{word.Replace("'", "'\\''")}'";

    private static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '/' or ':' or '.' or '-' or '_' or '=' || c == Path.DirectorySeparatorChar;
}
