using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Nin.Tests.Data.Fetching;

/// <summary>A web server in this process that gives out files, as well or as badly as a test asks for.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public FileServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>What was asked for: the path and the range.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Whether ranges are understood.</summary>
    public bool Ranges { get; set; } = true;

    /// <summary>How many requests break off after half of what they should give.</summary>
    public int BreakOff { get; set; }

    /// <summary>How many requests are answered with 503.</summary>
    public int Busy { get; set; }

    /// <summary>Nothing ever arrives.</summary>
    public bool Stall { get; set; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (name, range, response) = (context.Request.Url!.AbsolutePath.TrimStart('/'), context.Request.Headers["Range"], context.Response);
        Requests.Enqueue(range is null ? name : $"{name} {range}");
        if (Stall) return;
        if (Busy-- > 0 || !Files.TryGetValue(name, out var content))
        {
            response.StatusCode = Files.ContainsKey(name) ? 503 : 404;
            response.Close();
            return;
        }
        var first = Ranges && range is not null ? int.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;
        if (first >= content.Length)
        {
            response.StatusCode = 416;
            response.Close();
            return;
        }
        if (first > 0)
        {
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {first}-{content.Length - 1}/{content.Length}";
        }
        response.ContentLength64 = content.Length - first;
        if (BreakOff-- > 0)
        {
            response.OutputStream.Write(content, first, (content.Length - first) / 2);
            response.OutputStream.Flush();
            response.Abort();
            return;
        }
        response.OutputStream.Write(content, first, content.Length - first);
        response.Close();
    }
}
