using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Nin.EndToEnd;

/// <summary>Serving from the command line: a process that answers, is measured by another, and ends as a service manager ends it.</summary>
public sealed class ServeTests : IDisposable
{
    private static readonly string Home = global::Nin.Files.NinHome.Find()!;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_answers_until_SIGTERM_and_never_loads_libtorch()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc and sends signals");
        using var server = NinProcess.Start(_folder.Path, "serve", "--port", "0", "--log-requests", "--json");
        using var http = new HttpClient { BaseAddress = Address(server) };
        Assert.Equal("127.0.0.1", http.BaseAddress!.Host);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("v2/health/ready", Cancel)).StatusCode);
        Assert.Equal("Bag", await Label(http));
        Assert.DoesNotContain("torch", server.MappedFiles(), StringComparison.OrdinalIgnoreCase);

        var (exitCode, output, error) = NinProcess.Run(_folder.Path, "bench", $"{http.BaseAddress}", "--seconds", "1", "--clients", "4", "--json");
        Assert.True(exitCode == 0, error);
        Assert.All(JsonDocument.Parse(output).RootElement.GetProperty("results").EnumerateArray(), route => Assert.InRange(route.GetProperty("images_per_second").GetDouble(), 10, 1e6));

        server.Send("TERM");
        Assert.Equal(143, server.ExitCode());
        Assert.Contains("finishing what is under way", server.Error, StringComparison.Ordinal);
        Assert.Contains(server.Error.Split('\n'), line => line.StartsWith('{') && line.Contains("POST /predict 200", StringComparison.Ordinal));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("v2", Cancel));
    }

    [Theory]
    [InlineData(2, "there is no run 'nothing'", "nothing")]
    [InlineData(2, "two models are called a", "a=model.onnx", "a=model.onnx")]
    [InlineData(2, "--port cannot be", "model.onnx", "--port", "many")]
    [InlineData(2, "--host cannot be", "model.onnx", "--host", "example.org")]
    [InlineData(4, "broken.onnx", "broken.onnx")]
    public void What_cannot_be_served_is_told(int exitCode, string message, params string[] arguments)
    {
        File.Copy(Path.Combine(Home, "models", "fashion-mnist.onnx"), _folder["model.onnx"]);
        File.WriteAllText(_folder["broken.onnx"], "no model");
        var ended = NinProcess.Run(_folder.Path, ["serve", .. arguments]);
        Assert.Contains(message, ended.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, ended.ExitCode);
    }

    private static Uri Address(NinProcess server)
    {
        var document = "";
        while (server.ReadLine() is { } line)
        {
            document += line;
            if (line == "}") break;
        }
        return new(JsonDocument.Parse(document).RootElement.GetProperty("url").GetString()!);
    }

    private static async Task<string?> Label(HttpClient http)
    {
        using var picture = new ByteArrayContent(File.ReadAllBytes(Path.Combine(Home, "samples", "bag.png")));
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var response = await http.PostAsync("predict", picture, Cancel);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("predictions")[0].GetProperty("label").GetString();
    }
}
