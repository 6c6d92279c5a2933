using System.IO.Compression;
using System.Net.Http;
using System.Text;

namespace ProviderRouter.Tests.StreamUsage;

/// <summary>With <c>audit.streamUsage</c> <c>ask</c>, a request for a stream goes on with the question for its usage, and no other byte changes.</summary>
public sealed class UsageQuestionTests(AskingRouter asking) : IClassFixture<AskingRouter>
{
    private const string Asked = "‹\"stream_options\":{\"include_usage\":true},›";

    private readonly OneRouter one = asking.One;

    /// <summary>What stands between ‹ and › is put in; what stands between « and » goes.</summary>
    public static TheoryData<string> Changed { get; } =
    [
        $"{{{Asked}\"stream\":true}}",
        $"{{{Asked}\"model\":\"fake-small\",\"messages\":[],\"stream\":true}}",
        $" \r\n{{{Asked}\n  \"stream\" : true ,\n  \"n\": 1.0, \"x\": [ ]\n}}\n",
        $"{{{Asked}\"messages\":[{{\"role\":\"user\",\"content\":\"Grüße 漢字 😀 \\u00e9 \\\"stream_options\\\":{{}}\"}}],\"stream\":true}}",
        $"{{{Asked}\"str\\u0065am\":true}}",
        $"{{{Asked}\"stream\":true,\"metadata\":{{\"stream\":false,\"stream_options\":{{\"include_usage\":true}}}}}}",
        $"{{{Asked}\"stream\":true,\"x\":\"\\ud83d\"}}",
        $"{{{Asked}\"stream\":true,\"model\":null,\"model\":null}}",
        "{\"stream\":true,\"stream_options\":{‹\"include_usage\":true›}}",
        "{\"stream\":true,\"stream_options\":{‹\"include_usage\":true› }}",
        "{\"stream\":true,\"stream_options\":{‹\"include_usage\":true,›\"include_obfuscation\":false}}",
        "{\"stream_options\": {‹\"include_usage\":true,› \"x\": {\"include_usage\": true}}, \"stream\": true}",
        "{\"stream\":true,\"stream_options\":{\"x\":1,\"include_usage\":‹true›«false»,\"y\":2}}",
        "{\"stream\":true,\"stream_options\":{\"include\\u005fusage\" : ‹true›«false» }}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":‹true›«null»}}",
        "{\"stream\":true,\"str\\u0065am_options\":{\"include_usage\":‹true›«false»}}",
        "{\"stream\":true,\"stream_options\":‹{\"include_usage\":true}›«null»}",
        "{\"stream\":true,\"stream_options\":{‹\"include_usage\":true,›\"continuous_usage_stats\":false}}",
    ];

    public static TheoryData<string> Kept { get; } =
    [
        "",
        "{}",
        "stream=true",
        "{\"stream\":false}",
        "{\"stream\":null}",
        "{\"stream\":\"yes\"}",
        "{\"stream\":\"true\"}",
        "{\"stream\":1}",
        "{\"stream\":[true]}",
        "{\"Stream\":true}",
        "{\"x\":{\"stream\":true}}",
        "[{\"stream\":true}]",
        "{\"x\":\"\\\"stream\\\":true\"}",
        "{\"stream\":true",
        "{\"stream\":true,}",
        "{\"stream\":true}}",
        "{\"stream\":true} {\"stream\":true}",
        "\uFEFF{\"stream\":true}",
        "{\"stream\":false,\"stream\":true}",
        "{\"stream\":true,\"str\\u0065am\":true}",
        "{\"stream\":true,\"stream_options\":{},\"stream_options\":{}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":false,\"include_usage\":false}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\" :\ttrue, \"x\":1}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":\"yes\"}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":1}}",
        "{\"stream\":true,\"stream_options\":\"include_usage\"}",
        "{\"stream\":true,\"stream_options\":[]}",
        "{\"stream\":true,\"stream_options\":true}",
        "{\"stream\":true,\"stream_options\":{\"continuous_usage_stats\":true}}",
    ];

    [Theory]
    [MemberData(nameof(Changed))]
    public async Task The_question_is_put_in_and_the_log_has_what_the_client_sent(string marked)
    {
        var (sent, expected) = (Marked.Without(marked), Marked.Without(marked, '«', '»'));
        foreach (var path in (string[])["/v1/chat/completions", "/v1/completions"])
        {
            foreach (var isChunked in (bool[])[false, true])
            {
                var received = await ReceivedAsync(path, sent, isChunked);

                Assert.Equal(expected, received.BodyText);
                Assert.Equal(isChunked ? null : Encoding.UTF8.GetByteCount(expected).ToString(), received.Headers.GetValueOrDefault("content-length"));
                Assert.Equal(isChunked, received.Headers.ContainsKey("transfer-encoding"));
                var row = one.Rows[^1];
                Assert.Equal((sent, "whole", (long)Encoding.UTF8.GetByteCount(sent)), (row["request_body"], row["request_body_state"], row["request_bytes"]));
                Assert.DoesNotContain("\"identity\"", row.Text("request_headers"), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task A_body_that_is_for_no_stream_or_asks_itself_or_is_unclear_arrives_as_it_was_sent(string sent)
    {
        foreach (var isChunked in (bool[])[false, true])
        {
            Assert.Equal(sent, (await ReceivedAsync("/v1/chat/completions", sent, isChunked)).BodyText);
            Assert.Equal(sent.Length == 0 ? null : sent, one.Rows[^1]["request_body"]);
        }
    }

    [Theory]
    [InlineData("/v1/responses", "POST", "x-more: no")]
    [InlineData("/v1/messages", "POST", "x-more: no")]
    [InlineData("/v1/mirror/v1/chat/completions", "POST", "x-more: no")]
    [InlineData("/v1/chat/completions/x", "POST", "x-more: no")]
    [InlineData("/v1/chat/completions", "PUT", "x-more: no")]
    [InlineData("/v1/chat/completions", "POST", "content-md5: Q2hlY2sgSW50ZWdyaXR5IQ==")]
    [InlineData("/v1/chat/completions", "POST", "content-digest: sha-256=:x:")]
    [InlineData("/v1/chat/completions", "POST", "content-encoding: br")]
    public async Task Other_requests_and_those_whose_body_is_vouched_for_or_packed_arrive_as_they_were_sent(string path, string method, string header)
    {
        const string Sent = "{\"stream\":true}";

        Assert.Equal(Sent, (await ReceivedAsync(path, Sent, isChunked: false, method, header)).BodyText);
    }

    [Fact]
    public async Task A_packed_body_arrives_as_it_was_sent()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("{\"stream\":true}"u8);
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.TryAddWithoutValidation("content-type", "application/json");
        content.Headers.TryAddWithoutValidation("content-encoding", "gzip");
        using var response = await one.Router.Client.PostAsync("v1/chat/completions", content);

        Assert.Equal(packed.ToArray(), asking.Received.Body);
    }

    [Theory]
    [InlineData((64 * 1024) - 1, true)]
    [InlineData(64 * 1024, false)]
    [InlineData(1024 * 1024, false)]
    public async Task A_body_is_changed_only_where_the_log_keeps_all_of_it(int size, bool isAsked)
    {
        var sent = "{\"stream\":true,\"x\":\"\"}";
        sent = sent.Insert(sent.Length - 2, new string('x', size - sent.Length));
        foreach (var isChunked in (bool[])[false, true])
        {
            var received = await ReceivedAsync("/v1/chat/completions", sent, isChunked);
            Assert.Equal(isAsked ? sent.Insert(1, Asked[1..^1]) : sent, received.BodyText);
        }
    }

    [Fact]
    public async Task A_body_that_is_not_valid_text_is_changed_by_its_bytes()
    {
        byte[] sent = [.. "{\"stream\":true,\"x\":\""u8, 0x80, 0xE6, 0xBC, .. "\"}"u8];
        using var content = new ByteArrayContent(sent);
        using var response = await one.Router.Client.PostAsync("v1/chat/completions", content);

        Assert.Equal([.. "{"u8, .. Encoding.UTF8.GetBytes(Asked[1..^1]), .. sent.AsSpan(1)], asking.Received.Body!);
    }

    [Fact]
    public async Task A_client_that_waits_to_be_told_to_go_on_is_told_and_the_provider_is_asked()
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.SendAsync("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n");
        Assert.Equal(100, (await client.ReadAnswerAsync())!.Status);
        client.Next();
        await client.SendAsync("{\"stream\":true}");

        Assert.Equal(200, (await client.ReadAnswerAsync())!.Status);
        Assert.Contains("include_usage", asking.Received.BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_breaks_off_or_is_no_HTTP_is_on_record_as_ever()
    {
        using (var client = await WireClient.ConnectAsync(one.Router.Url))
        {
            await client.SendAsync("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"model\":\"half\"");
            await Eventually.IsAsync("the router has the request", async () => (await one.Router.LogHealthAsync()).State == "ok");
        }

        Assert.Equal("client_closed", (await one.Log.WaitForAsync("outcome = $value", "client_closed"))["outcome"]);
        using var other = await WireClient.ConnectAsync(one.Router.Url);
        await other.SendAsync("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nno size\r\n");
        Assert.Equal(400, (await other.ReadAnswerAsync())!.Status);
        Assert.Equal("rejected", one.Rows[^1]["outcome"]);
    }

    [Fact]
    public async Task What_may_not_go_unlogged_is_asked_too()
    {
        await using var refusing = await AskingRouter.StartAsync(("audit.onFailure", "refuse"));
        using var client = await WireClient.ConnectAsync(refusing.Router.Url);
        await client.PostAsync("/v1/chat/completions", "{\"stream\":true}");

        Assert.DoesNotContain("usage", (await client.ReadAnswerAsync())!.Body, StringComparison.Ordinal);
        Assert.Equal(("{\"stream\":true}", 12L), (refusing.Rows.Single()["request_body"], refusing.Rows.Single()["prompt_tokens"]));
        refusing.AssertSound();
    }

    [Fact]
    public async Task By_default_nobody_is_asked_and_the_setting_counts_from_the_next_request_on()
    {
        (await new Programs.Cli(one.Folder).RunAsync("config", "unset", "audit.streamUsage")).Exits(0);
        var received = await ReceivedAsync("/v1/chat/completions", "{\"stream\":true}", isChunked: false, "POST", "accept-encoding: br");
        Assert.Equal(("{\"stream\":true}", "br"), (received.BodyText, received.Headers["accept-encoding"]));
        Assert.Null(one.Rows[^1]["prompt_tokens"]);

        await one.SetAsync("audit.streamUsage", "ask");
        received = await ReceivedAsync("/v1/chat/completions", "{\"stream\":true}", isChunked: false, "POST", "accept-encoding: br");
        Assert.Equal((Asked[1..^1], "identity"), (received.BodyText[1..^"\"stream\":true}".Length], received.Headers["accept-encoding"]));
        Assert.Equal(12L, one.Rows[^1]["prompt_tokens"]);
    }

    /// <summary>Sends a body, reads the answer to its end, and gives what the provider received.</summary>
    private async Task<FakeUpstream.ReceivedRequest> ReceivedAsync(
        string path, string body, bool isChunked, string method = "POST", string header = "x-more: no")
    {
        var bytes = Encoding.UTF8.GetByteCount(body);
        var (length, text) = !isChunked ? ($"content-length: {bytes}", body)
            : ("transfer-encoding: chunked", bytes == 0 ? "0\r\n\r\n" : $"{bytes:x}\r\n{body}\r\n0\r\n\r\n");
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.SendAsync($"{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n{length}\r\n{header}\r\n\r\n{text}");
        Assert.True((await client.ReadAnswerAsync())!.HasEnded);
        return asking.Received;
    }
}
