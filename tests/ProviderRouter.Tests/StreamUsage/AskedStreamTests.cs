using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.StreamUsage;

/// <summary>
/// With <c>audit.streamUsage</c> <c>ask</c>, a client that did not ask for usage gets the very stream that it would have got, and
/// the usage is on record before it can see the end.
/// </summary>
public sealed class AskedStreamTests(AskingRouter asking) : IClassFixture<AskingRouter>
{
    private const string Usage = "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}";

    private readonly OneRouter one = asking.One;

    [Theory]
    [InlineData("fake-small")]
    [InlineData("tools")]
    [InlineData("choices")]
    [InlineData("reasoning")]
    [InlineData("refusal")]
    [InlineData("role-each-chunk")]
    [InlineData("sse-comments")]
    [InlineData("split-bytes")]
    [InlineData("utf8-bom")]
    [InlineData("invalid-utf8")]
    [InlineData("trickle")]
    [InlineData("no-done", "upstream_cut")]
    public async Task The_client_gets_what_it_would_have_got_and_the_usage_is_on_record(string model, string outcome = "ok")
    {
        var expected = await AskAsync(one.Studio.BaseUrl + "/chat/completions", Chat(model));
        var got = await AskAsync(new Uri(one.Router.Url, "v1/chat/completions").AbsoluteUri, Chat(model));

        Assert.Equal(expected, got);
        var row = one.Rows[^1];
        Assert.Equal((Chat(model), outcome), (row["request_body"], row["outcome"]));
        Assert.Equal((12L, 7L, 4L, 3L), (row["prompt_tokens"], row["completion_tokens"], row["cached_tokens"], row["reasoning_tokens"]));
        Assert.Equal(got.Length, row.Number("response_bytes"));
        if (model != "invalid-utf8")
        {
            // A string that was read has lost its byte order mark.
            Assert.Equal(Encoding.UTF8.GetString(got).TrimStart('\uFEFF'), row.Events.TrimStart('\uFEFF'));
            Assert.Null(row.Answer["usage"]);
        }

        Assert.Contains("\"usage\"", Encoding.UTF8.GetString(
            await AskAsync(one.Studio.BaseUrl + "/chat/completions", asking.Received.BodyText)), StringComparison.Ordinal);
        one.AssertSound();
    }

    [Theory]
    [InlineData("stream-error")]
    [InlineData("bad-json")]
    [InlineData("html")]
    [InlineData("empty")]
    [InlineData("401")]
    [InlineData("500")]
    public async Task Answers_without_usage_come_back_as_the_provider_gave_them(string model)
    {
        Assert.Equal(
            await AskAsync(one.Studio.BaseUrl + "/chat/completions", Chat(model)),
            await AskAsync(new Uri(one.Router.Url, "v1/chat/completions").AbsoluteUri, Chat(model)));
        Assert.Contains("include_usage", asking.Received.BodyText, StringComparison.Ordinal);
        Assert.Null(one.Rows[^1]["prompt_tokens"]);
    }

    [Fact]
    public async Task The_older_completions_are_asked_too()
    {
        const string Body = """{"model":"fake-small","prompt":"Grüße 漢字 😀","stream":true}""";

        Assert.Equal(
            await AskAsync(one.Studio.BaseUrl + "/completions", Body),
            await AskAsync(new Uri(one.Router.Url, "v1/completions").AbsoluteUri, Body));
        Assert.Equal((12L, "stop"), (one.Rows[^1]["prompt_tokens"], one.Rows[^1]["finish_reason"]));
    }

    [Fact]
    public async Task Echo_is_asked_too()
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.PostAsync("/v1/chat/completions", Chat("echo"), "x-router-provider: echo\r\n");

        var answer = await client.ReadAnswerAsync();
        Assert.EndsWith("data: [DONE]\n\n", answer!.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("usage", answer.Body.Replace("\\\"usage\\\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotNull(one.Rows[^1]["prompt_tokens"]);
    }

    [Fact]
    public async Task A_client_that_asks_itself_gets_all_of_it()
    {
        const string Asking = """{"model":"fake-small","messages":[],"stream":true,"stream_options":{"include_usage":true}}""";

        var got = await AskAsync(new Uri(one.Router.Url, "v1/chat/completions").AbsoluteUri, Asking);
        Assert.Equal(await AskAsync(one.Studio.BaseUrl + "/chat/completions", Asking), got);
        Assert.Contains("\"usage\":null", Encoding.UTF8.GetString(got), StringComparison.Ordinal);
        Assert.Equal(12L, one.Rows[^1]["prompt_tokens"]);
        Assert.NotNull(one.Rows[^1].Answer["usage"]);
    }

    /// <summary>What stands between ‹ and › does not reach the client.</summary>
    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}],\"x\":1}\n\n‹data: {\"choices\":[]," + Usage + "}\n\n›data: [DONE]\n\n", 1L)]
    [InlineData("data: {\"choices\":[{}]‹,\"usage\":null›}\r\n\r\n‹data: {\"choices\":[]," + Usage + "}\r\n\r\n›data: [DONE]\r\n\r\n", 1L)]
    [InlineData("data: {\"choices\":[{}]‹,\"usage\":null›}\r\r‹data: {\"choices\":[]," + Usage + "}\r\r›data: [DONE]\r\r", 1L)]
    [InlineData(": first\n\ndata: {\"choices\":[{\"finish_reason\":\"stop\"}]," + Usage + "}\n\ndata: [DONE]\n\n", 1L)]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"\\\",\\\"usage\\\":null\"}}]}\n\ndata: [DONE]\n\n", null)]
    [InlineData("data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\n‹data: {\"choices\":[]," + Usage + "}›", 1L)]
    [InlineData("data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[]," + Usage, null)]
    [InlineData("data: {\"choices\":[{\"delta\":{}}]," + Usage + "}\n\n‹data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9}}\n\n›data: [DONE]\n\n", 9L)]
    [InlineData("data: {\"choices\":[],\"error\":{\"message\":\"no\"}‹,\"usage\":null›}\n\ndata: [DONE]\n\n", null)]
    [InlineData("no events\n", null)]
    [InlineData("", null)]
    public async Task A_stream_of_any_form_comes_without_what_was_asked_for(string stream, long? tokens)
    {
        var (sent, expected) = (Marked.Whole(stream), Marked.Without(stream));
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.PostAsync("/v1/chat/completions", Verbatim(sent));

        var answer = await client.ReadAnswerAsync();
        Assert.Equal(expected, answer!.Body);
        Assert.False(answer.Headers.ContainsKey("content-length"));
        var row = one.Rows[^1];
        Assert.Equal(tokens, row["prompt_tokens"]);
        Assert.Equal((long)expected.Length, row["response_bytes"]);

        // The connection is in order: it takes the next request, which is not changed.
        client.Next();
        await client.PostAsync("/v1/chat/completions", Verbatim(sent).Replace("\"stream\":true", "\"stream\":false", StringComparison.Ordinal));
        answer = await client.ReadAnswerAsync();
        Assert.Equal((sent, sent.Length.ToString()), (answer!.Body, answer.Headers["content-length"]));
    }

    [Fact]
    public async Task An_event_of_megabytes_passes_as_it_is()
    {
        await using var own = await AskingRouter.StartAsync();
        var stream = $"data: {{\"choices\":[{{\"delta\":{{\"content\":\"{new string('x', 2_000_000)}\"}}}}],\"usage\":null}}\n\ndata: [DONE]\n\n";
        using var client = await WireClient.ConnectAsync(own.Router.Url);
        var sent = Verbatim(stream);
        await client.PostAsync("/v1/chat/completions", sent);

        Assert.Equal(stream, (await client.ReadAnswerAsync())!.Body);
        Assert.Equal(Encoding.UTF8.GetByteCount(sent) + 40, own.Studio.Requests.Last(request => request.Method == "POST").BodyBytes);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_stream_that_is_packed_all_the_same_passes_as_it_is_and_its_usage_is_on_record(string model)
    {
        var got = await AskAsync(new Uri(one.Router.Url, "v1/chat/completions").AbsoluteUri, Chat(model));

        var asked = asking.Received;
        Assert.Equal("identity", asked.Headers["accept-encoding"]);
        Assert.Equal(await AskAsync(one.Studio.BaseUrl + "/chat/completions", asked.BodyText), got);
        Assert.Equal(12L, one.Rows[^1]["prompt_tokens"]);
    }

    [Fact]
    public async Task A_packed_stream_passes_as_it_comes()
    {
        await using var own = await AskingRouter.StartAsync();
        using var client = await WireClient.ConnectAsync(own.Router.Url);
        await client.PostAsync("/v1/chat/completions", Chat("gzip"), "x-fake-pace: 600000\r\n");

        Assert.NotEmpty((await client.ReadUntilAsync(answer => answer.Body.Length > 0))!.Body);
    }

    [Fact]
    public async Task No_event_waits_for_the_next()
    {
        await using var own = await AskingRouter.StartAsync();
        using var client = await WireClient.ConnectAsync(own.Router.Url);
        await client.PostAsync("/v1/chat/completions", Chat("stall"));

        // The provider sends three events, and then nothing for ever.
        var answer = await client.ReadUntilAsync(answer => answer.Body.Split("\n\n").Length == 4);
        Assert.EndsWith("\n\n", answer!.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("usage", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut", "upstream_cut")]
    // Less came than was promised, but the event that ends it did.
    [InlineData("wrong-length", "ok")]
    public async Task A_stream_that_breaks_off_is_cut_for_the_client_too_after_all_that_came(string model, string outcome)
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.PostAsync("/v1/chat/completions", Chat(model));

        var answer = await client.ReadAnswerAsync();
        Assert.False(answer!.HasEnded);
        Assert.StartsWith("data: {", answer.Body, StringComparison.Ordinal);
        Assert.EndsWith("}\n\n", answer.Body.Replace("data: [DONE]\n\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("usage", answer.Body, StringComparison.Ordinal);
        Assert.Equal(outcome, one.Rows[^1]["outcome"]);
    }

    [Fact]
    public async Task The_end_comes_after_the_record_with_the_usage_and_all_before_it_without_waiting()
    {
        await using var own = await AskingRouter.StartAsync(("audit.failureWait", "60s"));
        using var client = await WireClient.ConnectAsync(own.Router.Url);
        await client.PostAsync("/v1/chat/completions", Chat("fake-small"), "x-fake-pace: 50\r\n");
        await client.ReadUntilAsync(answer => answer.Body.Length > 0);
        using (new LockedDatabase(own.Folder))
        {
            await client.ReadUntilAsync(answer => answer.Body.Contains("\"finish_reason\":\"stop\"", StringComparison.Ordinal));
            await own.Router.LogWaitsAsync();
            await client.ReadAllThatCameAsync();
            Assert.EndsWith("\"finish_reason\":\"stop\"}],\"system_fingerprint\":\"fp_fake\"}\n\n", client.Answer!.Body, StringComparison.Ordinal);
        }

        Assert.True((await client.ReadUntilAsync(answer => answer.IsWhole))!.IsWhole);
        Assert.Equal((12L, 7L, "ok"), (own.Rows[^1]["prompt_tokens"], own.Rows[^1]["completion_tokens"], own.Rows[^1]["outcome"]));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_put_on_record_is_cut_off_before_its_end()
    {
        await using var own = await AskingRouter.StartAsync(("audit.onFailure", "refuse"), ("audit.failureWait", "100ms"));
        using var client = await WireClient.ConnectAsync(own.Router.Url);
        await client.PostAsync("/v1/chat/completions", Chat("trickle"));
        await client.ReadUntilAsync(answer => answer.Body.Length > 0);
        using (new LockedDatabase(own.Folder))
        {
            var answer = await client.ReadAnswerAsync();
            Assert.False(answer!.IsWhole);
            Assert.DoesNotContain("usage", answer.Body, StringComparison.Ordinal);
        }

        await own.LogIsAsync("ok");
        Assert.Equal(("router_error", 12L), (own.Rows[^1]["outcome"], own.Rows[^1]["prompt_tokens"]));
        own.AssertSound();
    }

    [Fact]
    public async Task A_client_that_leaves_is_marked_and_the_provider_is_stopped()
    {
        await using var own = await AskingRouter.StartAsync();
        using (var client = await WireClient.ConnectAsync(own.Router.Url))
        {
            await client.PostAsync("/v1/chat/completions", Chat("stall"));
            await client.ReadUntilAsync(answer => answer.Body.Length > 0);
        }

        await own.Studio.WaitForCancellationAsync("stall", TimeSpan.FromSeconds(30));
        Assert.Equal("client_closed", (await own.Log.WaitForAsync("stall"))["outcome"]);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_told_of_as_ever()
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.PostAsync("/v1/chat/completions", Chat("reset-headers"));

        var answer = await client.ReadAnswerAsync();
        Assert.Equal((502, true), (answer!.Status, answer.HasEnded));
        Assert.Equal("upstream_invalid", (string?)JsonNode.Parse(answer.Body)!["error"]!["code"]);
        Assert.Equal((Chat("reset-headers"), "unreachable"), (one.Rows[^1]["request_body"], one.Rows[^1]["outcome"]));
    }

    private static string Chat(string model) =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Grüße 漢字 😀, \",\"usage\":null,\""}],"n":3,"stream":true}""";

    private static string Verbatim(string stream) =>
        $$"""{"model":"verbatim","stream":true,"messages":[{"role":"user","content":{{JsonSerializer.Serialize(stream)}}}]}""";

    /// <summary>Sends a chat, and gives the bytes of its answer.</summary>
    private static async Task<byte[]> AskAsync(string url, string body)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(url, content);
        return await response.Content.ReadAsByteArrayAsync();
    }
}
