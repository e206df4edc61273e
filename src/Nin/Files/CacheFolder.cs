namespace Nin.Files;

/// <summary>Where Nin keeps what it can make again: decoded pictures, whitening matrices, a libtorch binding adapted to this system. Whatever lies there may be deleted at any time.</summary>
public static class CacheFolder
{
    /// <summary>
    /// <c>NIN_CACHE</c> where it is set, else a folder <c>nin</c> where the system keeps such things: <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>,
    /// <c>~/Library/Caches</c> on macOS, the local application data on Windows.
    /// </summary>
    public static string Path => Environment.GetEnvironmentVariable("NIN_CACHE") is { Length: > 0 } named ? System.IO.Path.GetFullPath(named) : System.IO.Path.Combine(OfSystem(), "nin");

    private static string OfSystem()
    {
        if (OperatingSystem.IsWindows()) return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (!OperatingSystem.IsMacOS() && Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache) return cache;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (home.Length == 0) return System.IO.Path.GetTempPath();
        return OperatingSystem.IsMacOS() ? System.IO.Path.Combine(home, "Library", "Caches") : System.IO.Path.Combine(home, ".cache");
    }
}
