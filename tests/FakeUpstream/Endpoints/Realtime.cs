using System.Net.WebSockets;
using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

/// <summary>A WebSocket that echoes each message and closes when told "bye".</summary>
internal static class Realtime
{
    public static async Task EchoAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await context.SendErrorAsync(400, "A WebSocket upgrade is needed here.", "invalid_request_error");
            return;
        }

        var protocol = context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault();
        using var socket = await context.WebSockets.AcceptWebSocketAsync(protocol);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
            var message = buffer.AsMemory(0, received.Count);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(socket.CloseStatus!.Value, socket.CloseStatusDescription, context.RequestAborted);
                return;
            }

            if (received.EndOfMessage && message.Span.SequenceEqual("bye"u8))
            {
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", context.RequestAborted);
                return;
            }

            await socket.SendAsync(message, received.MessageType, received.EndOfMessage, context.RequestAborted);
        }
    }
}
