using System.Diagnostics;

namespace Nin.Server.Browser;

/// <summary>What the page gives programs to copy does what the page did.</summary>
public sealed class ProgramTests(BrowserFixture browser) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nin-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public Task Curl_asks_for_a_sample() => browser.Visit(async page =>
    {
        await page.Try("Sneaker");
        Assert.Contains("\"label\":\"Sneaker\"", await Shell(page), StringComparison.Ordinal);
    });

    [Fact]
    public Task Curl_asks_for_a_file_whatever_it_is_called() => browser.Visit(async page =>
    {
        const string name = "Anna's $5 bag; \"new\".png";
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, name), PageSteps.Bag);
        await page.Choose(name, PageSteps.Bag);
        await page.Says("Bag");
        Assert.Contains("\"label\":\"Bag\"", await Shell(page), StringComparison.Ordinal);
    });

    [Fact]
    public Task The_program_in_CSharp_runs_as_it_is() => browser.Visit(async page =>
    {
        await page.Try("Sandal");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "predict.cs"), await page.Locator("#csharp").TextContentAsync());
        Assert.StartsWith("Sandal ", await Run("dotnet", "run", "predict.cs"), StringComparison.Ordinal);
    });

    private async Task<string> Shell(IPage page) => await Run("bash", "-c", (await page.Locator("#curl").TextContentAsync())!);

    private async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
