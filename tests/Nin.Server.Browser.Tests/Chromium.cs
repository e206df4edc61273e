namespace Nin.Server.Browser;

/// <summary>The system's Chromium: nothing is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Its program, or null.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("NIN_BROWSER") ?? Places.FirstOrDefault(File.Exists);

    /// <summary>Skips the test where there is none; fails it where one is required.</summary>
    public static void Require()
    {
        if (Path is not null) return;
        const string reason = "no Chromium is installed; apt-get install chromium, or name one by NIN_BROWSER";
        if (Environment.GetEnvironmentVariable("NIN_REQUIRE_BROWSER") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
    }

    /// <summary>Starts it, with a camera that shows a test picture.</summary>
    public static Task<IBrowser> Launch(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Path,
        Args = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
    });
}
