using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Nin.Files;

namespace Nin.Server.Tests;

/// <summary>A real server on a free port, with the model that ships, and a plain client.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string Model = "fashion-mnist";

    private TestServer(NinServer server)
    {
        Server = server;
        Http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public static string Home { get; } = NinHome.Find()!;

    public static string ShippedModel { get; } = Path.Combine(Home, "models", "fashion-mnist.onnx");

    public NinServer Server { get; }

    public HttpClient Http { get; }

    public static byte[] Picture(string name) => File.ReadAllBytes(Path.Combine(Home, "samples", $"{name}.png"));

    public static Task<TestServer> Start(ServerOptions? options = null) => Start([new(Model, ShippedModel)], options);

    public static async Task<TestServer> Start(IReadOnlyList<ModelFile> models, ServerOptions? options = null) =>
        new(await NinServer.Start(models, (options ?? new()) with { Port = 0 }));

    /// <summary>Answers a GET: its status and its document.</summary>
    public async Task<(int Status, JsonElement Document)> Get(string path) => await Read(await Http.GetAsync(path));

    /// <summary>Answers a POST of bytes: its status and its document.</summary>
    public async Task<(int Status, JsonElement Document)> Post(string path, byte[] body, string? contentType = "application/octet-stream", params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(body);
        if (contentType is not null) content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Read(await Http.SendAsync(request));
    }

    /// <summary>Answers a POST of text.</summary>
    public Task<(int Status, JsonElement Document)> Post(string path, string body, string contentType = "application/json") => Post(path, Encoding.UTF8.GetBytes(body), contentType);

    /// <summary>Until so many images wait for the model.</summary>
    public async Task UntilQueued(int images)
    {
        for (var tries = 0; tries < 500; tries++)
        {
            if ((await Http.GetStringAsync("/metrics")).Split('\n').Contains($"nin_inference_queue_images{{name=\"{Model}\"}} {images}")) return;
            await Task.Delay(20);
        }
        Assert.Fail($"{images} images never waited");
    }

    /// <summary>Sends bytes as they are, and reads until the server closes the connection or the time is up.</summary>
    public async Task<string> Raw(byte[] request, TimeSpan patience, bool halfClose = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Server.Address.Port);
        var stream = client.GetStream();
        using var time = new CancellationTokenSource(patience);
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, time.Token);
            if (halfClose) client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(answer, time.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // What has come by now is the answer.
        }
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    private static async Task<(int Status, JsonElement Document)> Read(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            var isJson = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
            return ((int)response.StatusCode, isJson ? JsonDocument.Parse(text).RootElement : default);
        }
    }
}
