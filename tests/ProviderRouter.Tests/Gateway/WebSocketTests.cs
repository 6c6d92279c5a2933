using System.Net.WebSockets;
using System.Text;

namespace ProviderRouter.Tests.Gateway;

/// <summary>A connection that becomes a WebSocket passes, and leaves its record.</summary>
public sealed class WebSocketTests
{
    [Fact]
    public async Task Messages_go_both_ways_and_the_record_says_how_much()
    {
        await using var setup = await Setup.StartAsync();
        using var socket = new ClientWebSocket();
        var url = new UriBuilder(setup.Router.Url) { Scheme = "ws", Path = "/v1/realtime" }.Uri;
        await socket.ConnectAsync(url, CancellationToken.None);

        foreach (var text in new[] { "hello", "漢字 😀", new string('x', 100_000) })
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            Assert.Equal(text, await ReceiveAsync(socket));
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", CancellationToken.None);

        var row = await setup.Log.WaitForAsync("endpoint = $value AND outcome IS NOT NULL", "/v1/realtime");
        Assert.Equal("ok", row["outcome"]);
        Assert.Equal(101, row.Number("status_code"));
        Assert.Equal("lm-studio", row["provider"]);
        Assert.StartsWith("[websocket, ", row.Text("response_body"), StringComparison.Ordinal);
        Assert.True(row.Number("response_bytes") > 100_000);
    }

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[8192];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return Encoding.UTF8.GetString(message.ToArray());
    }
}
