using System.Net.Sockets;
using System.Text;
using FakeUpstream.Recording;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace FakeUpstream.Wire;

/// <summary>
/// An answer written to the socket itself, past the server, which would refuse to send anything malformed.
/// Everything sent has left before the connection is cut, so that what a client sees does not depend on timing.
/// </summary>
internal sealed class RawAnswer
{
    private readonly HttpContext _context;
    private readonly Socket _socket;

    public RawAnswer(HttpContext context)
    {
        _context = context;
        _socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        Exchange.Of(context).CutByUpstream = true;
    }

    /// <summary>Sends status 200 and the headers every answer bears, then those given, one a line.</summary>
    public Task HeadAsync(params string[] lines)
    {
        var common = _context.Response.Headers.Select(header => $"{header.Key}: {header.Value}\r\n");
        return SendAsync($"HTTP/1.1 200 OK\r\n{string.Concat(common)}{string.Concat(lines.Select(line => $"{line}\r\n"))}\r\n");
    }

    public async Task ChunkAsync(ReadOnlyMemory<byte> chunk)
    {
        await SendAsync($"{chunk.Length:x}\r\n");
        await SendAsync(chunk);
        await SendAsync("\r\n");
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, _context.RequestAborted)..];
        }
    }

    /// <summary>Ends the connection in an orderly way (FIN).</summary>
    public void Close()
    {
        _socket.Shutdown(SocketShutdown.Both);
        _socket.Close();
        _context.Abort();
    }

    /// <summary>Ends the connection with a reset (RST).</summary>
    public void Reset()
    {
        _socket.Close(timeout: 0);
        _context.Abort();
    }
}
