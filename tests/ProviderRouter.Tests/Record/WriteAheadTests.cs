using System.Net.Http;

namespace ProviderRouter.Tests.Record;

/// <summary>
/// What a client receives is on record before: the request before the first byte of its answer, the answer before what lets a
/// client take it for complete. Another program holds the database's lock, and the log is patient.
/// </summary>
public sealed class WriteAheadTests : IAsyncLifetime
{
    private const string Chat = """{"model":"fake-small","messages":[{"role":"user","content":"Hello"}]}""";
    private const string Streamed = """{"model":"fake-small","stream":true,"messages":[{"role":"user","content":"Hello"}],"input":"Hello","max_tokens":9}""";

    private Setup setup = null!;

    public async ValueTask InitializeAsync()
    {
        setup = await Setup.StartAsync();
        (await setup.Cli.RunAsync("config", "set", "audit.failureWait", "60s")).Exits(0);
    }

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Theory]
    [InlineData("POST", "/v1/chat/completions", Chat)]
    [InlineData("POST", "/v1/chat/completions", Streamed)]
    [InlineData("POST", "/v1/messages", Streamed)]
    [InlineData("POST", "/v1/chat/completions", """{"model":"split-bytes","messages":[]}""")]
    [InlineData("POST", "/v1/chat/completions", """{"model":"401","messages":[]}""")]
    [InlineData("POST", "/v1/chat/completions", """{"model":"reset-headers","messages":[]}""")]
    [InlineData("POST", "/v1/chat/completions", Chat, "x-router-provider: echo")]
    [InlineData("POST", "/v1/chat/completions", Streamed, "x-router-provider: echo")]
    [InlineData("POST", "/v1/chat/completions", Chat, "x-router-provider: nobody")]
    [InlineData("PUT", "/v1/mirror/x?status=204", Chat)]
    [InlineData("DELETE", "/v1/mirror/x", "")]
    [InlineData("GET", "/v1/models", "")]
    [InlineData("HEAD", "/v1/mirror/x", "")]
    [InlineData("GET", "/v1/realtime", "", "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task No_byte_of_an_answer_comes_before_its_request_is_on_record(string method, string path, string body, string header = "x-more: no")
    {
        using var client = await WireClient.ConnectAsync(setup.Router.Url);
        using (new LockedDatabase(setup.Folder))
        {
            await client.SendAsync($"{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {body.Length}\r\n{header}\r\n\r\n{body}");
            await setup.Router.LogWaitsAsync();
            Assert.True(client.HasNothing, "Something was sent though nothing is on record.");
        }

        await client.ReadAsync();
        Assert.Equal(1, setup.Log.Count());
        var isUpgrade = path == "/v1/realtime";
        Assert.True(isUpgrade ? client.Answer!.Status == 101 : (await client.ReadAnswerAsync())!.HasEnded);
        Assert.True(isUpgrade || setup.Log.Query("SELECT outcome FROM request_logs").Single()["outcome"] is not null);
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"fake-small","stream":true,"messages":[{"role":"user","content":"Hello"}]}""", "\"finish_reason\":\"stop\"", "[DONE]")]
    [InlineData("/v1/messages", Streamed, "message_delta", "message_stop")]
    [InlineData("/v1/responses", Streamed, "response.output_item.done", "response.completed")]
    [InlineData("/v1/chat/completions", """{"model":"trickle","messages":[]}""", "\"usage\"", "\"system_fingerprint\":\"fp_fake\"}")]
    [InlineData("/v1/chat/completions", """{"model":"trickle-chunked","messages":[]}""", "\"system_fingerprint\":\"fp_fake\"}", null)]
    public async Task The_end_of_an_answer_comes_after_its_record_and_all_before_it_without_waiting(string path, string body, string before, string? end)
    {
        using var client = await WireClient.ConnectAsync(setup.Router.Url);
        await client.PostAsync(path, body, "x-fake-pace: 50\r\n");
        await client.ReadUntilAsync(answer => answer.Body.Length > 0);
        using (new LockedDatabase(setup.Folder))
        {
            await client.ReadUntilAsync(answer => answer.Body.Contains(before, StringComparison.Ordinal));
            await setup.Router.LogWaitsAsync();
            await client.ReadAllThatCameAsync();
            Assert.False(client.Answer!.IsWhole);
            Assert.DoesNotContain(end ?? "nothing", client.Answer.Body, StringComparison.Ordinal);
        }

        var whole = await client.ReadUntilAsync(answer => answer.IsWhole);
        var row = setup.Log.Query("SELECT * FROM request_logs").Single();
        Assert.True(whole!.IsWhole);
        Assert.Equal("ok", row["outcome"]);
        Assert.Equal("whole", row["response_body_state"]);
        Assert.Contains(end ?? before, (await client.ReadAnswerAsync())!.Body, StringComparison.Ordinal);
    }
}
