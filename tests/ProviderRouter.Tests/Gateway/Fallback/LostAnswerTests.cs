using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Gateway.Fallback;

/// <summary>An answer that was set aside for a better one is not lost where none can follow, and is not the client's where it left.</summary>
public sealed class LostAnswerTests
{
    private const int Kept = 17 << 20;
    private const string Slow = "HTTP/1.1 500 Any\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\nhalf";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_error_that_comes_before_the_end_of_a_body_too_large_to_be_kept_is_told(bool chunked)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepting = listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await using var setup = await FallbackSetup.StartAsync((connection, _) => FaultyUpstream.SayAsync(connection, FaultyUpstream.Good()));
        setup.Change(store => store.Update(store.Find("lm-studio")! with { BaseUrl = $"http://{listener.LocalEndpoint}/v1" }));
        using var client = await WireClient.ConnectAsync(setup.Router.Url);
        const int Size = 20 << 20;
        await client.SendAsync("POST /v1/sink HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
            + (chunked ? $"transfer-encoding: chunked\r\n\r\n{Size:x}\r\n" : $"content-length: {Size}\r\n\r\n"));
        await client.SendAsync(new string('a', Size / 20));
        using var connection = await accepting;
        var said = new TaskCompletionSource();
        var answering = AnswerEarlyAsync(connection, said);
        await said.Task;
        for (var other = 0; other < 20; other++)
        {
            _ = await setup.Router.Client.GetStringAsync("health");
        }

        await client.SendAsync(new string('a', Size - (Size / 20)) + (chunked ? "\r\n0\r\n\r\n" : ""));
        var answer = (await client.ReadAnswerAsync())!;

        Assert.InRange(answer.Status, 500, 599);
        Assert.StartsWith("half", answer.Body, StringComparison.Ordinal);
        Assert.Equal("lm-studio", answer.Headers["x-router-provider"]);
        Assert.Empty(setup.Good.Requests);
    }

    [Fact]
    public async Task A_client_that_leaves_while_an_error_is_read_was_given_none()
    {
        var said = new TaskCompletionSource();
        await using var setup = await FallbackSetup.StartAsync(async (connection, number) =>
        {
            await FaultyUpstream.SayAsync(connection, number == 0 ? FaultyUpstream.Good() : Slow);
            _ = number > 0 && said.TrySetResult();
        });
        using (var client = await WireClient.ConnectAsync(setup.Router.Url))
        {
            await client.PostAsync("/v1/chat/completions", FallbackSetup.Chat("leaves"));
            await said.Task;
            for (var other = 0; other < 20; other++)
            {
                _ = await setup.Router.Client.GetStringAsync("health");
            }
        }

        var row = await setup.Log.WaitForAsync("leaves");
        Assert.Equal(("client_closed", 499L), (row["outcome"], row["status_code"]));
        Assert.Empty(setup.Good.Requests);
    }

    [Theory]
    [InlineData("close, content-type")]
    [InlineData("keep-alive, a b")]
    public async Task What_a_client_says_of_its_connection_is_no_failure_of_a_provider_s(string connection)
    {
        await using var setup = await FallbackSetup.StartAsync((socket, _) => FaultyUpstream.SayAsync(socket, FaultyUpstream.Good()));
        var answer = (await setup.AskAsync(headers: $"connection: {connection}\r\n"))!;

        Assert.Equal((200, "lm-studio"), (answer.Status, answer.Headers["x-router-provider"]));
    }

    [Fact]
    public async Task A_provider_alone_is_never_passed_over()
    {
        await using var setup = await FallbackSetup.StartAsync(
            (connection, _) => FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(500, "")), provider => provider with { Retries = 9 });
        await setup.SetAsync("fallback.maxWait", "300ms");
        setup.Change(store => store.SetActive("lm-studio", []));
        for (var round = 0; round < 2; round++)
        {
            var row = setup.RowOf((await setup.AskAsync())!);
            Assert.Equal(string.Join(", ", Enumerable.Repeat("lm-studio upstream_error 500", 10)), FallbackSetup.AttemptsIn(row));
        }

        var health = JsonNode.Parse(await setup.Router.Client.GetStringAsync("health"))!;
        Assert.Equal("[]", health["breakers"]!.ToJsonString());
    }

    private static async Task AnswerEarlyAsync(Socket connection, TaskCompletionSource said)
    {
        var block = new byte[1 << 20];
        var received = await connection.ReceiveAsync(block);
        await connection.SendAsync(Encoding.ASCII.GetBytes(Slow));
        said.SetResult();
        for (var read = 1; read > 0; received += read)
        {
            read = await connection.ReceiveAsync(block);
            if (received < Kept && received + read >= Kept)
            {
                await connection.SendAsync(new byte[996]);
            }
        }
    }
}
