namespace Nin.Files;

/// <summary>Where Nin's own files are: the folder that holds <c>configs/</c> and <c>data/</c>.</summary>
public static class NinHome
{
    /// <summary><c>NIN_HOME</c> where it is set, else the nearest such folder above the program, else above the current directory, else null.</summary>
    public static string? Find() =>
        Environment.GetEnvironmentVariable("NIN_HOME") is { Length: > 0 } home
            ? Path.GetFullPath(home)
            : Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory());

    /// <summary>Whether such a folder is a checkout of the sources, and not an installed program.</summary>
    public static bool IsCheckout(string? home) => home is not null && Directory.Exists(Path.Combine(home, "src"));

    /// <summary>The nearest folder at or above <paramref name="folder"/> that holds <c>configs/</c> and <c>data/</c>, or null.</summary>
    public static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, "configs")) && Directory.Exists(Path.Combine(at.FullName, "data"))) return at.FullName;
        }
        return null;
    }
}
