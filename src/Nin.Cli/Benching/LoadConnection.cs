using System.Buffers.Text;
using System.Net.Sockets;

namespace Nin.Cli.Benching;

/// <summary>
/// One client's connection. It blocks its thread and reads no more of an answer than its status and its length: a load that shares the machine with the
/// server should take as little of it as it can.
/// </summary>
/// <param name="server">Where to connect.</param>
internal sealed class LoadConnection(Uri server) : IDisposable
{
    /// <summary>Longer than a server of nin takes for a request unless it is told to.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly byte[] _answer = new byte[64 << 10];
    private Socket? _socket;

    /// <summary>Sends a request and waits for the whole answer.</summary>
    /// <returns>Its status; 0 where the connection broke, the next request then takes a new one.</returns>
    public int Ask(byte[] request)
    {
        try
        {
            _socket ??= Connect();
            for (var sent = 0; sent < request.Length;) sent += _socket.Send(request.AsSpan(sent));
            return Read(_socket);
        }
        catch (SocketException)
        {
            Dispose();
            return 0;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private Socket Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendTimeout = (int)Patience.TotalMilliseconds, ReceiveTimeout = (int)Patience.TotalMilliseconds };
        try
        {
            socket.Connect(server.IdnHost, server.Port);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private int Read(Socket socket)
    {
        var (read, head) = (0, -1);
        while (head < 0)
        {
            if (read == _answer.Length) throw new SocketException((int)SocketError.MessageSize);
            read += Receive(socket, _answer.AsSpan(read));
            head = _answer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
        }
        var headers = _answer.AsSpan(0, head + 2);
        if (!headers.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(headers[9..], out int status, out _)) throw new SocketException((int)SocketError.ProtocolNotSupported);
        var at = headers.IndexOf("\r\nContent-Length: "u8);
        if (at < 0 || !Utf8Parser.TryParse(headers[(at + 18)..], out long length, out _)) throw new SocketException((int)SocketError.ProtocolNotSupported);
        for (var left = head + 4 + length - read; left > 0;) left -= Receive(socket, _answer.AsSpan(0, (int)Math.Min(left, _answer.Length)));
        if (headers.IndexOf("\r\nConnection: close"u8) >= 0) Dispose();
        return status;
    }

    private static int Receive(Socket socket, Span<byte> into) => socket.Receive(into) is var bytes and > 0 ? bytes : throw new SocketException((int)SocketError.ConnectionReset);
}
