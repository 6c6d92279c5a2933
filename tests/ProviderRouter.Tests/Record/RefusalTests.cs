using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Record;

/// <summary>With <c>audit.onFailure</c> <c>refuse</c>, nothing goes unlogged: neither to a provider nor to a client.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private const string Chat = """{"model":"fake-small","messages":[]}""";
    private const string Streamed = """{"model":"fake-small","stream":true,"messages":[]}""";
    private const string Upgrade = "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==";

    private OneRouter one = null!;

    public async ValueTask InitializeAsync() =>
        one = await OneRouter.StartAsync(settings: [("audit.onFailure", "refuse"), ("audit.failureWait", "100ms")]);

    public ValueTask DisposeAsync() => one.DisposeAsync();

    [Theory]
    [InlineData("POST", "/v1/chat/completions", Chat)]
    [InlineData("POST", "/v1/chat/completions", Streamed)]
    [InlineData("POST", "/v1/chat/completions", Chat, "x-router-provider: echo")]
    [InlineData("POST", "/v1/chat/completions", Chat, "x-router-provider: nobody")]
    [InlineData("GET", "/v1/models", "")]
    [InlineData("HEAD", "/v1/mirror/x", "")]
    [InlineData("GET", "/v1/realtime", "", Upgrade)]
    public async Task A_request_that_cannot_be_put_on_record_is_refused_and_sent_to_nobody(string method, string path, string body, string header = "x-more: no")
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        // The server asks once by itself as it starts, for its greeting.
        await Eventually.IsAsync("the greeting has asked", () => one.Studio.Requests.Count > 0);
        var before = one.Studio.Requests.Count;
        using (new LockedDatabase(one.Folder))
        {
            // The first finds out; the second is refused at once, on the same connection.
            for (var time = 0; time < 2; time++)
            {
                await client.SendAsync(Request(method, path, body, header));
                AssertRefused(await client.ReadAnswerAsync(), method);
                client.Next();
            }
        }

        await one.LogIsAsync("ok");
        Assert.Equal(before, one.Studio.Requests.Count);
        Assert.Empty(one.Rows);
        await client.SendAsync(Request("POST", "/v1/chat/completions", Chat, "x-more: no"));
        Assert.Equal(200, (await client.ReadAnswerAsync())!.Status);
        Assert.Equal("ok", one.Rows.Single()["outcome"]);
        var health = await one.Router.LogHealthAsync();
        Assert.Equal((2, 2, 0, 0), (health.RowsWritten, health.RowsRefused, health.RowsLost, health.RowsSpooled));
        one.AssertSound();
    }

    [Theory]
    [InlineData("trickle", false)]
    [InlineData("trickle-chunked", false)]
    [InlineData("trickle", true)]
    public async Task An_answer_that_cannot_be_put_on_record_is_cut_off_before_its_end_and_the_record_says_so(string model, bool stream)
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.PostAsync("/v1/chat/completions", $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[]}""");
        await client.ReadUntilAsync(answer => answer.Body.Length > 0);
        using (new LockedDatabase(one.Folder))
        {
            Assert.False((await client.ReadAnswerAsync())!.IsWhole);
            Assert.Equal("refusing", (await one.Router.LogHealthAsync()).State);
        }

        await one.LogIsAsync("ok");
        var row = one.Rows.Single();
        Assert.Equal("router_error", row["outcome"]);
        Assert.Equal("The log could not be written, so the client was not given the answer, or not its end.", row["error"]);
        Assert.Contains("tick 10", row.Text("response_body"), StringComparison.Ordinal);
        one.AssertSound();
    }

    [Theory]
    [InlineData("POST", "/v1/chat/completions", Chat)]
    [InlineData("POST", "/v1/chat/completions", """{"model":"401","messages":[]}""")]
    [InlineData("POST", "/v1/chat/completions", """{"model":"reset-headers","messages":[]}""")]
    [InlineData("POST", "/v1/chat/completions", Chat, "x-router-provider: echo")]
    [InlineData("POST", "/v1/chat/completions", Chat, "x-router-provider: nobody")]
    [InlineData("PUT", "/v1/mirror/x?status=204", Chat)]
    [InlineData("HEAD", "/v1/mirror/x", "")]
    public async Task An_answer_whose_record_alone_cannot_be_written_is_not_given_to_the_client(string method, string path, string body, string header = "x-more: no")
    {
        one.Log.Execute("CREATE TRIGGER broken BEFORE INSERT ON audit_responses BEGIN SELECT raise(ABORT, 'the disk is on fire'); END");
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.SendAsync(Request(method, path, body, header));
        AssertRefused(await client.ReadAnswerAsync(), method);

        one.Log.Execute("DROP TRIGGER broken");
        client.Next();
        await client.SendAsync(Request("POST", "/v1/chat/completions", Chat, "x-more: no"));
        Assert.Equal(200, (await client.ReadAnswerAsync())!.Status);
    }

    [Fact]
    public async Task Requests_sent_without_waiting_for_answers_are_refused_one_by_one()
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        using (new LockedDatabase(one.Folder))
        {
            await client.SendAsync(string.Concat(Enumerable.Repeat(Request("POST", "/v1/chat/completions", Chat, "x-more: no"), 5)));
            for (var answer = 0; answer < 5; answer++)
            {
                AssertRefused(await client.ReadAnswerAsync(), "POST");
                client.Next();
            }
        }

        await one.LogIsAsync("ok");
        Assert.Empty(one.Rows);
    }

    [Fact]
    public async Task A_malformed_body_is_the_clients_fault_with_refuse_too()
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.SendAsync("POST /v1/sink HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nno size\r\n");

        Assert.Equal(400, (await client.ReadAnswerAsync())!.Status);
        Assert.Equal("rejected", one.Rows.Single()["outcome"]);
        Assert.DoesNotContain("failed to handle", one.Router.Errors, StringComparison.Ordinal);
    }

    private static string Request(string method, string path, string body, string header) =>
        $"{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {body.Length}\r\n{header}\r\n\r\n{body}";

    private static void AssertRefused(WireAnswer? answer, string method)
    {
        Assert.Equal(503, answer!.Status);
        Assert.True(answer.HasEnded);
        if (method != "HEAD")
        {
            var error = JsonNode.Parse(answer.Body)!["error"]!;
            Assert.Equal("log_unavailable", (string?)error["code"]);
            Assert.Equal("server_error", (string?)error["type"]);
        }
    }
}
