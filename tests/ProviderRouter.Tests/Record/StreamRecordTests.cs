using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Record;

/// <summary>Streams are on record as the answer that they amount to, and as the events that were sent.</summary>
public sealed class StreamRecordTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Theory]
    [InlineData("fake-small")]
    [InlineData("tools")]
    [InlineData("choices")]
    [InlineData("reasoning")]
    [InlineData("refusal")]
    [InlineData("role-each-chunk")]
    [InlineData("sse-comments")]
    [InlineData("split-bytes")]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("utf8-bom")]
    [InlineData("trailers")]
    public async Task A_stream_is_put_together_to_the_answer_that_comes_without_one(string model)
    {
        var plain = JsonNode.Parse(await BodyOf("v1/chat/completions", Chat(model, "\"n\":3"), setup.Studio.BaseUrl));
        using var response = await PostAsync("v1/chat/completions", Chat(model, "\"n\":3,\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        var events = await response.Content.ReadAsStringAsync();

        var row = setup.Log.Of(response);
        Assert.Equal("ok", row["outcome"]);
        Assert.Equal(1, row.Number("stream"));
        Assert.Equal("whole", row["response_body_state"]);
        var answer = row.Answer;
        Assert.Equal("chat.completion", (string?)answer["object"]);
        Assert.Equal(Essence(plain!), Essence(answer));
        Assert.Equal(plain!["usage"]!.ToJsonString(), answer["usage"]!.ToJsonString());
        if (row["response_headers"] is string headers && !headers.Contains("content-encoding", StringComparison.Ordinal))
        {
            // A string read from HTTP has lost its byte order mark; the log has it.
            Assert.Equal(events, row.Events.TrimStart('\uFEFF'));
        }
    }

    [Theory]
    [InlineData("v1/completions", "\"prompt\":\"Grüße 漢字 😀\"")]
    [InlineData("v1/responses", "\"input\":\"Grüße 漢字 😀\"")]
    [InlineData("v1/messages", "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Grüße 漢字 😀\"}]")]
    public async Task The_streams_of_other_apis_are_put_together_too(string path, string fields)
    {
        var plain = JsonNode.Parse(await BodyOf(path, $$"""{"model":"fake-small",{{fields}}}""", setup.Studio.BaseUrl))!;
        using var response = await PostAsync(path, $$"""{"model":"fake-small","stream":true,"stream_options":{"include_usage":true},{{fields}}}""");
        _ = await response.Content.ReadAsStringAsync();

        var row = setup.Log.Of(response);
        Assert.Equal("ok", row["outcome"]);
        Assert.True(JsonNode.DeepEquals(Sorted(plain), Sorted(row.Answer)), $"{plain.ToJsonString()}\n{row.Answer.ToJsonString()}");
    }

    [Fact]
    public async Task A_client_that_hangs_up_in_the_middle_is_marked_and_what_it_got_is_kept_and_the_provider_is_stopped()
    {
        using (var response = await setup.ChatAsync("stall", stream: true, say: "hang up"))
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            // Three chunks are here while the answer is not over: nothing was held back.
            for (var text = ""; text.Split("data: ").Length < 4;)
            {
                var block = new byte[4096];
                var read = await body.ReadAsync(block);
                text += System.Text.Encoding.UTF8.GetString(block, 0, read);
            }
        }

        await setup.Studio.WaitForCancellationAsync("stall", TimeSpan.FromSeconds(30));
        var row = await setup.Log.WaitForAsync("stall");
        Assert.Equal("client_closed", row["outcome"]);
        Assert.Equal(499, row.Number("status_code"));
        Assert.Equal(200, row.Number("upstream_status"));
        Assert.Contains("client", row.Text("error"), StringComparison.Ordinal);
        Assert.Equal("incomplete", row["response_body_state"]);
        Assert.Equal("lm-studio", row["provider"]);
        Assert.StartsWith("studio", (string?)row.Answer["choices"]![0]!["message"]!["content"], StringComparison.Ordinal);
        Assert.Equal(3, row.Events.Split("data: ").Length - 1);
    }

    [Fact]
    public async Task A_client_that_hangs_up_before_any_answer_is_marked_and_the_provider_is_stopped()
    {
        using var leaving = new CancellationTokenSource();
        var asking = setup.ChatAsync("stall-headers", cancellation: leaving.Token);
        await WaitForRequestAsync("/v1/chat/completions");
        await setup.Log.WaitForAsync("model = $value", "stall-headers");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        // The provider may have been stopped while it was still reading the question.
        await await Task.WhenAny(
            setup.Studio.WaitForCancellationAsync("stall-headers", TimeSpan.FromSeconds(30)),
            setup.Studio.WaitForCancellationAsync("chat", TimeSpan.FromSeconds(30)));
        var row = await setup.Log.WaitForAsync("stall-headers");
        Assert.Equal("client_closed", row["outcome"]);
        Assert.Equal(499, row.Number("status_code"));
        Assert.Null(row["upstream_status"]);
    }

    [Fact]
    public async Task A_client_that_hangs_up_in_the_middle_of_its_own_request_is_marked_with_what_it_sent()
    {
        var sent = $"{{\"model\":\"half\",\"input\":\"{new string('x', 300_000)}";
        using (await RawHttp.OpenAsync(setup.Router.Url,
            $"POST /v1/sink HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n{sent}"))
        {
            await WaitForRequestAsync("/v1/sink");
        }

        var row = await setup.Log.WaitForAsync("half");
        Assert.Equal("client_closed", row["outcome"]);
        Assert.Equal(499, row.Number("status_code"));
        Assert.Equal("incomplete", row["request_body_state"]);
        Assert.StartsWith(row.Text("request_body")!, sent, StringComparison.Ordinal);
        Assert.Equal(row.Text("request_body")!.Length, row.Number("request_bytes"));
    }

    [Fact]
    public async Task A_client_that_leaves_after_the_last_event_got_everything()
    {
        using (var response = await setup.ChatAsync("fake-small", stream: true, say: "and bye"))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() != "data: [DONE]")
            {
            }
        }

        var row = await setup.Log.WaitForAsync("fake-small");
        Assert.Equal("ok", row["outcome"]);
        Assert.Equal(200, row.Number("status_code"));
        Assert.Equal("whole", row["response_body_state"]);
    }

    private async Task WaitForRequestAsync(string target)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var tries = 0; !setup.Studio.Requests.Any(request => request.RawTarget == target && request.BodyBytes > 0); tries++)
        {
            Assert.True(tries < 3000, $"The provider never received a byte for {target}.");
            await timer.WaitForNextTickAsync();
        }
    }

    private static string Chat(string model, string more) =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Grüße 漢字 😀, \"quoted\""}],{{more}}}""";

    private Task<HttpResponseMessage> PostAsync(string path, string body) =>
        setup.Client.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

    private static async Task<string> BodyOf(string path, string body, string baseUrl)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = System.Net.DecompressionMethods.All });
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(baseUrl + path["v1".Length..], content);
        return (await response.Content.ReadAsStringAsync()).TrimStart('\uFEFF');
    }

    /// <summary>All that a choice says, in an order of its own.</summary>
    private static string Essence(JsonNode answer) => string.Join('\n', answer["choices"]!.AsArray().Select(choice =>
        $"{choice!["index"]} {choice["finish_reason"]} {choice["message"]!["role"]} {choice["message"]!["content"]} "
        + $"{choice["message"]!["reasoning_content"]} {choice["message"]!["refusal"]} {choice["message"]!["tool_calls"]?.ToJsonString()}"));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
