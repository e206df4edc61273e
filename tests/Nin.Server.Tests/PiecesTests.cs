using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Nin.Server.Http;

namespace Nin.Server.Tests;

public sealed class PiecesTests
{
    [Fact]
    public async Task What_a_client_does_not_read_is_not_copied_for_it()
    {
        var body = new byte[300_000];
        new Random(0).NextBytes(body);
        var pipe = new Pipe();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new Connection(pipe.Writer));
        var sending = context.Response.Send(body);

        var waiting = await pipe.Reader.ReadAsync();
        Assert.False(sending.IsCompleted);
        Assert.InRange(waiting.Buffer.Length, 1, 96 << 10);
        pipe.Reader.AdvanceTo(waiting.Buffer.Start);

        using var received = new MemoryStream();
        var reading = pipe.Reader.CopyToAsync(received);
        await sending;
        await pipe.Writer.CompleteAsync();
        await reading;
        Assert.Equal(body, received.ToArray());
    }

    private sealed class Connection(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => writer.AsStream();

        public PipeWriter Writer => writer;

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task CompleteAsync() => Task.CompletedTask;

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
