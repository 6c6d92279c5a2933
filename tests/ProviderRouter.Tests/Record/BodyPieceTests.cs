using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Record;

/// <summary>What was stored before is not stored again, and every body reads back byte for byte.</summary>
public sealed class BodyPieceTests
{
    [Fact]
    public async Task A_conversation_that_is_sent_again_with_each_turn_is_stored_once()
    {
        await using var setup = await Setup.StartAsync();
        var messages = new JsonArray(Message("system", Text(seed: 0, length: 6000)));
        var sent = new List<byte[]>();
        for (var turn = 1; turn <= 20; turn++)
        {
            messages.Add(Message("user", Text(turn, length: 700 * turn % 5000 + 100)));
            sent.Add(Encoding.UTF8.GetBytes(new JsonObject { ["model"] = "fake-small", ["messages"] = messages.DeepClone() }.ToJsonString()));
            using var response = await PostAsync(setup, sent[^1]);
        }

        AssertReadBack(setup, sent);
        // All that is new is in the last one.
        Assert.InRange(PieceBytes(setup), 1, sent[^1].Length * 1.25);
        Assert.True(sent.Sum(body => body.Length) > 9 * sent[^1].Length);
    }

    [Fact]
    public async Task An_image_in_base64_is_stored_once_whatever_is_said_about_it()
    {
        await using var setup = await Setup.StartAsync();
        // The same in each run: where it is cut depends on it.
        var bytes = new byte[300_000];
        new Random(Seed: 5).NextBytes(bytes);
        var image = Convert.ToBase64String(bytes);
        var sent = new List<byte[]>();
        foreach (var say in new[] { "What is this?", "And what is that behind it, to the left?", "Describe it" })
        {
            sent.Add(Encoding.UTF8.GetBytes(
                $$$"""{"model":"fake-small","messages":[{"role":"user","content":[{"type":"text","text":"{{{say}}}"},{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{image}}}"}}]}]}"""));
            using var response = await PostAsync(setup, sent[^1]);
        }

        AssertReadBack(setup, sent);
        Assert.InRange(PieceBytes(setup), image.Length, image.Length * 1.1);
    }

    [Theory]
    [InlineData("漢字かな交じり文。")]
    [InlineData("}],[{\\\"😀\\\"},{")]
    [InlineData("x")]
    public async Task A_large_body_of_any_text_reads_back_byte_for_byte(string unit)
    {
        await using var setup = await Setup.StartAsync();
        var body = Encoding.UTF8.GetBytes(
            $$"""{"model":"fake-small","messages":[{"role":"user","content":"{{string.Concat(Enumerable.Repeat(unit, 90_000 / unit.Length))}}"}]}""");
        using var response = await PostAsync(setup, body);

        AssertReadBack(setup, [body]);
        Assert.Equal("text", setup.Log.Query("SELECT typeof(request_body) AS type FROM request_logs").Single()["type"]);
    }

    [Fact]
    public async Task What_is_stored_is_shared_with_the_run_before()
    {
        using var folder = new TestFolder();
        var body = Encoding.UTF8.GetBytes($$"""{"model":"echo","messages":[{"role":"user","content":"{{Text(1, 50_000)}}"}]}""");
        for (var run = 0; run < 2; run++)
        {
            await using var router = await Router.StartAsync(folder);
            using var content = new ByteArrayContent(body);
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = content };
            request.Headers.Add("x-router-provider", "echo");
            using var response = await router.Client.SendAsync(request);
        }

        var log = new RecordedLog(folder);
        Assert.Equal(2, log.Count());
        Assert.Single(log.Query("SELECT DISTINCT body_parts FROM audit_requests"));
    }

    [Fact]
    public async Task How_much_of_a_body_is_kept_is_a_setting_that_the_next_request_obeys()
    {
        await using var setup = await Setup.StartAsync();
        (await setup.Cli.RunAsync("config", "set", "audit.maxBody", "1KB")).Exits(0);
        var body = Encoding.UTF8.GetBytes($$"""{"model":"fake-small","messages":[{"role":"user","content":"{{Text(2, 5000)}}"}]}""");
        using var response = await PostAsync(setup, body);

        var row = setup.Log.Of(response);
        Assert.Equal("cut", row["request_body_state"]);
        Assert.Equal(body.Length, row.Number("request_bytes"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(body)), row["request_sha256"]);
        Assert.Equal(Encoding.UTF8.GetString(body.AsSpan(0, 1024)), row["request_body"]);
        Assert.Equal(body, setup.Studio.Requests[^1].Body);
    }

    private static async Task<HttpResponseMessage> PostAsync(Setup setup, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        var response = await setup.Client.PostAsync("v1/chat/completions", content);
        response.EnsureSuccessStatusCode();
        return response;
    }

    private static void AssertReadBack(Setup setup, List<byte[]> sent)
    {
        var rows = setup.Log.Query("SELECT CAST(request_body AS BLOB) AS body, request_sha256, request_body_state FROM request_logs ORDER BY id");
        Assert.Equal(sent, rows.Select(row => (byte[])row["body"]!));
        Assert.Equal(sent.Select(body => Convert.ToHexStringLower(SHA256.HashData(body))), rows.Select(row => row.Text("request_sha256")!));
        Assert.All(rows, row => Assert.Equal("whole", row["request_body_state"]));
    }

    /// <summary>What the requests' pieces take.</summary>
    private static long PieceBytes(Setup setup) =>
        setup.Log.Query(
            """
            SELECT sum(length(data)) AS bytes FROM audit_pieces p WHERE EXISTS (
                SELECT 1 FROM audit_requests q, json_each(q.body_parts) r
                WHERE p.id BETWEEN json_extract(r.value, '$[0]') AND json_extract(r.value, '$[1]'))
            """).Single().Number("bytes");

    private static JsonObject Message(string role, string content) => new JsonObject { ["role"] = role, ["content"] = content };

    /// <summary>Words without an end to them, the same for the same seed.</summary>
    private static string Text(int seed, int length)
    {
        var random = new Random(seed);
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            text.Append((char)('a' + random.Next(26))).Append(random.Next(5) == 0 ? " " : "");
        }

        return text.ToString();
    }
}
