using System.IO.Compression;
using System.Net.Http;
using System.Text;

namespace ProviderRouter.Tests.Cli.Replay;

/// <summary><c>provider-cli replay</c>: what cannot be sent again is said, and the rest goes on.</summary>
public sealed class UnsendableTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task What_cannot_be_sent_again_is_named_and_counted_and_the_rest_goes_on()
    {
        const string secret = "sk-this-is-a-secret-0123456789";
        var whole = await setup.PostAsync("v1/chat/completions", """{"model":"fake-small","messages":[{"role":"user","content":"[redacted]"}]}""");
        var redacted = await setup.PostAsync("v1/chat/completions", $$"""{"model":"fake-small","messages":[{"role":"user","content":"{{secret}}"}]}""", ("x-api-key", secret));
        var inUrl = await setup.PostAsync("v1/chat/completions?api_key=1234", """{"model":"fake-small","messages":[]}""");
        var binary = await setup.PostAsync("v1/mirror/audio", "RIFF", "audio/wav");
        (await RunAsync("config", "set", "audit.maxBody", "1KB")).Exits(0);
        var cut = await setup.PostAsync("v1/chat/completions", $$"""{"model":"fake-small","messages":[{"role":"user","content":"{{new string('x', 2000)}}"}]}""");

        var result = (await RunAsync("replay", whole, redacted, inUrl, binary, cut, "--to", "qwen-proxy", "--json")).Exits(0);

        Assert.Equal((1, 4), ((int)result.Json["sent"]!, (int)result.Json["skipped"]!));
        Assert.Equal([redacted, inUrl, binary, cut], result.Json["notSent"]!.AsArray().Select(one => (string)one!["requestId"]!));
        foreach (var (reason, i) in new[] { "a secret was taken out of its body", "its address had a secret", "binary", "audit.maxBody" }.Select((reason, i) => (reason, i)))
        {
            Assert.Contains(reason, (string)result.Json["notSent"]![i]!["reason"]!, StringComparison.Ordinal);
            Assert.Contains(reason, result.Errors.Split('\n')[i], StringComparison.Ordinal);
        }

        Assert.Equal("1 sent to qwen-proxy: 1 ok, 0 failed; 4 not sent.", result.Errors.TrimEnd().Split('\n')[^1]);
        Assert.Single(setup.Proxy.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task A_packed_body_is_sent_unpacked_unless_a_secret_may_have_stood_in_it()
    {
        const string body = """{"model":"fake-small","messages":[]}""";
        var (packed, doubtful) = (await SendPackedAsync(body), await SendPackedAsync("""{"model":"fake-small","messages":"[redacted]"}"""));

        var result = (await RunAsync("replay", packed, doubtful, "--to", "qwen-proxy", "--json")).Exits(0).Json;

        var sent = Assert.Single(setup.Proxy.Requests, request => request.Method == "POST");
        Assert.Equal(body, sent.BodyText);
        Assert.DoesNotContain("content-encoding", sent.Headers.Keys);
        Assert.Equal(doubtful, (string)result["notSent"]!.AsArray().Single()!["requestId"]!);
    }

    [Fact]
    public async Task A_WebSocket_and_a_request_that_broke_off_are_not_sent_again()
    {
        using (var socket = new System.Net.WebSockets.ClientWebSocket())
        {
            await socket.ConnectAsync(new Uri(setup.Router.Url.ToString().Replace("http:", "ws:", StringComparison.Ordinal) + "v1/realtime"), CancellationToken.None);
        }

        using (var client = await WireClient.ConnectAsync(setup.Router.Url))
        {
            await client.SendAsync("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"model\":\"fake-small\",");
            await Eventually.IsAsync("it is under way", () => setup.Studio.Requests.Any(request => request.Method == "POST"));
        }

        await Eventually.IsAsync("both have ended", () => setup.Log.Query("SELECT id FROM request_logs WHERE outcome IS NOT NULL").Count == 2);
        var result = (await RunAsync("replay", "-n", "5", "--to", "qwen-proxy", "--json")).Exits(1).Json;

        Assert.Equal((0, 2), ((int)result["sent"]!, (int)result["skipped"]!));
        Assert.Contains("had not come to its end", (string)result["notSent"]![0]!["reason"]!, StringComparison.Ordinal);
        Assert.Contains("WebSocket", (string)result["notSent"]![1]!["reason"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_retention_took_cannot_be_sent_again()
    {
        using var folder = new TestFolder();
        string old, young;
        using (var past = new PastLog(folder))
        {
            old = past.Add(TimeSpan.FromDays(40), """{"model":"echo","messages":[]}""", "an old answer");
            young = past.Add(TimeSpan.FromDays(20), """{"model":"echo","messages":[]}""", "a young answer");
        }

        var cli = new Programs.Cli(folder);
        (await cli.RunAsync("prune", "--bodies-before", "30d")).Exits(0);
        await using var router = await Router.StartAsync(folder);

        var result = (await cli.RunAsync("replay", "--provider", "echo", "--to", "echo", "--json")).Exits(0);
        Assert.Equal(young, (string)result.Json["replays"]!.AsArray().Single()!["origin"]!);
        Assert.Equal(old, (string)result.Json["notSent"]!.AsArray().Single()!["requestId"]!);
        Assert.Contains("retention", (string)result.Json["notSent"]![0]!["reason"]!, StringComparison.Ordinal);
        // Where nothing at all could be sent, it failed.
        (await cli.RunAsync("replay", old, "--to", "echo")).Exits(1);
        (await cli.RunAsync("verify")).Exits(0);
    }

    private async Task<string> SendPackedAsync(string body)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(body));
        }

        using var content = new ByteArrayContent(packed.ToArray());
        (content.Headers.ContentType, _) = (new("application/json"), content.Headers.TryAddWithoutValidation("content-encoding", "gzip"));
        using var response = await setup.Client.PostAsync(new Uri(setup.Router.Url, "v1/chat/completions"), content);
        return response.Headers.GetValues("x-router-request-id").Single();
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => setup.Cli.RunAsync(arguments);
}
