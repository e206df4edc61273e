using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nin.Files;

namespace Nin.Server.Browser;

/// <summary>What deploy/ asks of the server is what it gives. No browser is needed.</summary>
public sealed partial class DeployTests
{
    private static readonly string Folder = Path.Combine(NinHome.Find()!, "deploy");

    [Fact]
    public async Task Every_probe_gets_an_answer()
    {
        await using var server = await BrowserFixture.Serve([BrowserFixture.Fashion]);
        using var client = new HttpClient { BaseAddress = server.Address };
        var manifest = await File.ReadAllTextAsync(Path.Combine(Folder, "kubernetes", "deployment.yaml"), TestContext.Current.CancellationToken);
        var paths = ProbePath().Matches(manifest).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(4, paths.Length);
        foreach (var path in paths) Assert.True((await client.GetAsync(path, TestContext.Current.CancellationToken)).IsSuccessStatusCode, path);
    }

    [Fact]
    public async Task The_containers_health_check_tells_a_server_from_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the container's command is for bash");
        var dockerfile = await File.ReadAllTextAsync(Path.Combine(Folder, "Dockerfile"), TestContext.Current.CancellationToken);
        var command = JsonSerializer.Deserialize<string[]>(HealthCheck().Match(dockerfile).Groups[1].Value)!;
        string port;
        await using (var server = await BrowserFixture.Serve([BrowserFixture.Fashion]))
        {
            port = $"/{server.Address.Port} ";
            Assert.Equal(0, await Run());
        }
        Assert.NotEqual(0, await Run());

        async Task<int> Run()
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..].Select(word => word.Replace("/8080 ", port, StringComparison.Ordinal))) { RedirectStandardError = true })!;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode;
        }
    }

    [GeneratedRegex("""path: (/[^ ,}\n]+)""")]
    private static partial Regex ProbePath();

    [GeneratedRegex("""HEALTHCHECK .* CMD (\[.*\])""")]
    private static partial Regex HealthCheck();
}
