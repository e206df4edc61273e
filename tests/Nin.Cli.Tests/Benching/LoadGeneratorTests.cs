using System.Net;
using System.Net.Sockets;
using System.Text;
using Nin.Cli.Benching;
using Nin.Cli.Predicting;
using Nin.Server;

namespace Nin.Cli.Tests.Benching;

public sealed class LoadGeneratorTests
{
    [Fact]
    public async Task A_warm_up_may_be_over_before_all_clients_have_begun()
    {
        await using var server = await NinServer.Start([new("m", ShippedModel.Path())], new() { Port = 0, Threads = 1 });
        using var load = new LoadGenerator(new() { Server = server.Address, Route = LoadRoute.Infer, Clients = 2, Duration = TimeSpan.FromSeconds(0.5) });
        Assert.True((await load.Run(TimeSpan.FromMilliseconds(-5))).Requests > 0);
    }

    [Theory]
    [InlineData("401 Unauthorized", "{}", null, "set NIN_API_KEY")]
    [InlineData("404 Not Found", "{}", "nobody", "/v2/models")]
    [InlineData("404 Not Found", "{}", null, "nin serve prints its address")]
    [InlineData("200 OK", "no JSON", null, "nin serve prints its address")]
    [InlineData("200 OK", "[]", null, "nin serve prints its address")]
    [InlineData("200 OK", """{"models":[]}""", null, "nin serve prints its address")]
    [InlineData("200 OK", """{"models":5}""", null, "nin serve prints its address")]
    public async Task A_server_that_answers_otherwise_is_told_with_the_remedy(string status, string body, string? model, string fix)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Answer(listener, $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
        using var load = new LoadGenerator(new() { Server = new($"http://{listener.LocalEndpoint}"), Route = LoadRoute.Infer, Model = model });
        var error = await Assert.ThrowsAsync<EnvironmentException>(() => load.Run(TimeSpan.Zero));
        Assert.Contains(fix, error.Fix);
        await answering;
    }

    [Fact]
    public void Of_many_pictures_only_those_are_read_that_are_sent()
    {
        var sample = SamplePictures.All()[0];
        var requests = LoadRequests.Pictures(new() { Server = new("http://127.0.0.1"), Route = LoadRoute.Predict, Pictures = [.. Enumerable.Repeat(sample, 16), "missing.png"] }, "m");
        Assert.Equal(16, requests.Length);
    }

    /// <summary>Answers one request, whatever it asks for.</summary>
    private static async Task Answer(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var (asked, read) = (new byte[4096], 0);
        while (asked.AsSpan(0, read).IndexOf("\r\n\r\n"u8) < 0) read += await stream.ReadAsync(asked.AsMemory(read), TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
    }
}
