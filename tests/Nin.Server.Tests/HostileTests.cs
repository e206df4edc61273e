using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Nin.Server.Tests;

/// <summary>Clients that mean harm, or know no better, do not keep others from being served.</summary>
public sealed class HostileTests
{
    private static readonly ServerOptions Strict = new() { MaxBodyBytes = 8 << 20, MaxHeldBytes = 16 << 20, Timeout = TimeSpan.FromSeconds(3) };

    [Theory]
    [InlineData("\0\0\0\0\r\n\r\n")]
    [InlineData("GET / HTTP/9.9\r\n\r\n")]
    [InlineData("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n")]
    [InlineData("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")]
    public async Task Garbage_is_400(string request)
    {
        await using var server = await TestServer.Start(Strict);
        var answer = await server.Raw(Encoding.Latin1.GetBytes(request), TimeSpan.FromSeconds(20));
        Assert.Matches("^HTTP/1.1 (400|505) ", answer);
        Assert.Equal(200, (await server.Get("/v2")).Status);
    }

    [Fact]
    public async Task Long_headers_are_431()
    {
        await using var server = await TestServer.Start(Strict);
        Assert.StartsWith("HTTP/1.1 431", await server.Raw(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('x', 100_000)}\r\n\r\n"), TimeSpan.FromSeconds(20)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_ends_in_the_middle_of_a_body_is_let_go()
    {
        await using var server = await TestServer.Start(Strict);
        var answer = await server.Raw(Encoding.ASCII.GetBytes("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nabc"), TimeSpan.FromSeconds(20), halfClose: true);
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        Assert.Equal(200, (await server.Post("/predict", TestServer.Picture("bag"))).Status);
    }

    [Fact]
    public async Task A_client_that_resets_its_connection_in_the_middle_of_a_body_is_no_fault_of_ours()
    {
        await using var server = await TestServer.Start(Strict);
        using (var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new(true, 0) })
        {
            await client.ConnectAsync(IPAddress.Loopback, server.Server.Address.Port);
            await client.SendAsync("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nabc"u8.ToArray());
            await Task.Delay(300);
        }
        Assert.Equal("cancelled", await Outcome(server));
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_answers_is_let_go()
    {
        await using var server = await TestServer.Start(Strict);
        using var form = new MultipartFormDataContent();
        for (var i = 0; i < 64; i++) form.Add(new ByteArrayContent(TestServer.Picture("bag")), "file", $"{i}");
        var body = await form.ReadAsByteArrayAsync();
        byte[] request = [.. Encoding.ASCII.GetBytes($"POST /predict?maps=1 HTTP/1.1\r\nHost: a\r\nContent-Type: {form.Headers.ContentType}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
        using var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(IPAddress.Loopback, server.Server.Address.Port);
        // Each is answered by 600 KB: more than the system takes on for a client that reads none of it.
        _ = client.GetStream().WriteAsync(Enumerable.Repeat(request, 30).SelectMany(bytes => bytes).ToArray()).AsTask();
        Assert.Contains(await Outcome(server, but: "ok"), new[] { "timeout", "cancelled" });
    }

    [Fact]
    public async Task A_body_that_comes_too_slowly_is_408()
    {
        await using var server = await TestServer.Start(Strict);
        var answer = await server.Raw(Encoding.ASCII.GetBytes("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nabc"), TimeSpan.FromSeconds(10));
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("not complete after 3 s", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_gigabyte_is_413_and_memory_stays_bounded(bool declared)
    {
        // The client sends all of it before it looks for an answer; in chunks nobody knows the length before.
        await using var server = await TestServer.Start(Strict with { Timeout = TimeSpan.FromSeconds(60) });
        var before = Environment.WorkingSet;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = new Endless(1L << 30, declared) };
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 200 << 20);
    }

    [Fact]
    public async Task A_client_that_asks_first_need_not_send_a_gigabyte()
    {
        await using var server = await TestServer.Start(Strict);
        var body = new Endless(1L << 30, declared: true);
        using var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) }) { BaseAddress = server.Server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = body, Headers = { ExpectContinue = true } };
        using var response = await http.SendAsync(request);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, 0L), (response.StatusCode, body.Sent));
    }

    [Fact]
    public async Task A_client_that_is_refused_while_it_sends_gets_its_answer()
    {
        await using var server = await TestServer.Start(Strict with { MaxHeldBytes = 1 << 20 });
        for (var times = 0; times < 10; times++) Assert.Equal(413, (await server.Post("/predict", new byte[6 << 20], "image/png")).Status);
    }

    [Fact]
    public async Task Good_clients_are_served_beside_bad_ones()
    {
        await using var server = await TestServer.Start(Strict);
        using var stop = new CancellationTokenSource();
        var port = server.Server.Address.Port;
        var before = Environment.WorkingSet;
        Task[] bad =
        [
            .. Enumerable.Range(0, 100).Select(_ => Loris(port, "GET / HTTP/1.1\r\nHost: a\r\nX-", stop.Token)),
            .. Enumerable.Range(0, 50).Select(_ => Loris(port, "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nContent-Length: 100000\r\n\r\n", stop.Token)),
            .. Enumerable.Range(0, 8).Select(_ => Flood(server, stop.Token)),
            .. Enumerable.Range(0, 4).Select(_ => Garbage(port, stop.Token)),
        ];
        // 200 KB as bytes and as a tensor: no small request, but far from those that fill the memory.
        var (tensor, jsonLength) = Tensors.Binary(Tensors.Noise(64, seed: 0));
        var least = DateTime.UtcNow + TimeSpan.FromSeconds(6);
        var good = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var statuses = new List<int>();
            while (statuses.Count < 20 || DateTime.UtcNow < least)
            {
                statuses.Add((await server.Post("/predict", TestServer.Picture("bag"))).Status);
                statuses.Add((await server.Post(Tensors.InferPath, tensor, "application/octet-stream", ("Inference-Header-Content-Length", $"{jsonLength}"))).Status);
            }
            return statuses;
        })).ToArray();

        var answered = await Task.WhenAll(good).WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        Assert.All(answered.SelectMany(statuses => statuses), status => Assert.Equal(200, status));
        await Task.WhenAll(bad);
        // Large bodies fill 256 MiB at most; the collector lags behind them, and the bad clients live in this process too.
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 768 << 20);
    }

    /// <summary>What came of the first request that ends so or otherwise.</summary>
    private static async Task<string> Outcome(TestServer server, string but = "")
    {
        const string counted = "nin_inference_requests_total{outcome=\"";
        for (var tries = 0; tries < 600; tries++)
        {
            var outcomes = (await server.Http.GetStringAsync("/metrics")).Split('\n')
                .Where(line => line.StartsWith(counted, StringComparison.Ordinal)).Select(line => line[counted.Length..].Split('"')[0]);
            if (outcomes.FirstOrDefault(outcome => outcome != but) is { } outcome) return outcome;
            await Task.Delay(100);
        }
        return "none";
    }

    /// <summary>Opens a connection and sends a byte now and then.</summary>
    private static Task Loris(int port, string begin, CancellationToken token) => Task.Run(async () =>
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, token);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(begin), token);
            while (true)
            {
                await Task.Delay(500, token);
                await client.GetStream().WriteAsync("x"u8.ToArray(), token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // Shown the door.
        }
    }, CancellationToken.None);

    /// <summary>Sends the largest body that is allowed, over and over.</summary>
    private static Task Flood(TestServer server, CancellationToken token) => Task.Run(async () =>
    {
        var body = new byte[Strict.MaxBodyBytes];
        using var http = new HttpClient { BaseAddress = server.Server.Address, Timeout = TimeSpan.FromSeconds(30) };
        while (!token.IsCancellationRequested)
        {
            try
            {
                using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
                using var response = await http.PostAsync("/predict", content, CancellationToken.None);
                Assert.Contains((int)response.StatusCode, new[] { 422, 429, 408 });
            }
            catch (HttpRequestException)
            {
                // Refused while it was still sending.
            }
        }
    }, CancellationToken.None);

    private static Task Garbage(int port, CancellationToken token) => Task.Run(async () =>
    {
        var random = new Random(0);
        var bytes = new byte[2000];
        while (!token.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, token);
                random.NextBytes(bytes);
                await client.GetStream().WriteAsync(bytes, token);
                await Task.Delay(5, token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // Shown the door.
            }
        }
    }, CancellationToken.None);

    /// <summary>A body that is made as it is sent.</summary>
    private sealed class Endless(long length, bool declared) : HttpContent
    {
        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var block = new byte[1 << 20];
            for (; Sent < length; Sent += block.Length) await stream.WriteAsync(block);
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return declared;
        }
    }
}
