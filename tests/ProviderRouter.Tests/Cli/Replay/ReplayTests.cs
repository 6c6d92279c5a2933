using System.IO.Compression;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Cli.Replay;

/// <summary><c>provider-cli replay</c> between two providers.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task What_is_sent_again_is_what_was_sent_byte_for_byte_and_names_its_origin()
    {
        const string tools = "{ \"model\" : \"tools\",\"messages\":[{\"role\":\"user\",\"content\":\"caf\\u00e9 漢字 😀\"}],\r\n \"stream\":true, \"temperature\":0.10, \"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":{}}}] }";
        const string message = """{"model":"claude","max_tokens":10,"messages":[{"role":"user","content":"Hi"}],"stream":true}""";
        string[] origins =
        [
            await SendAsync("v1/chat/completions", tools), await SendAsync("v1/messages?beta=true", message, ("anthropic-version", "2023-06-01"), ("x-api-key", "sk-secret-secret-secret")),
            await SendAsync("v1/embeddings", """{"model":"e","input":["a","b"]}"""), await SendAsync("v1/mirror/a%20b/%C3%A9%2Fc%25?x=%2F&y=z", """{"model":"x"}"""),
        ];

        var report = (await RunAsync(["replay", .. origins, "--to", "qwen-proxy", "--json"])).Exits(0).Json;

        Assert.Equal((4, 4, 0, 0), ((int)report["sent"]!, (int)report["ok"]!, (int)report["failed"]!, (int)report["skipped"]!));
        Assert.Equal(origins, report["replays"]!.AsArray().Select(replay => (string)replay!["origin"]!));
        foreach (var replay in report["replays"]!.AsArray())
        {
            var (old, @new) = (Row((string)replay!["origin"]!), Row((string)replay["requestId"]!));
            Assert.Equal(old["request_id"], @new["replays"]);
            foreach (var same in new[] { "request_sha256", "endpoint", "query", "method", "request_body", "request_content_type", "model", "stream" })
            {
                Assert.Equal(old[same], @new[same]);
            }

            Assert.Equal(("lm-studio", "qwen-proxy"), (old.Text("provider"), @new.Text("provider")));
            Assert.Equal((string?)replay["outcome"], @new.Text("outcome"));
            Assert.Equal((double)replay["durationMs"]!, (double)@new["duration_ms"]!);
        }

        var sent = setup.Proxy.Requests.Where(request => request.Method == "POST").ToDictionary(request => request.RawTarget);
        var before = setup.Studio.Requests.Where(request => request.Method == "POST").ToDictionary(request => request.RawTarget);
        Assert.Equal(before.Keys.Order(), sent.Keys.Order());
        Assert.All(sent, pair => Assert.Equal(before[pair.Key].BodySha256, pair.Value.BodySha256));
        Assert.Equal("2023-06-01", sent["/v1/messages?beta=true"].Headers["anthropic-version"]);
        Assert.DoesNotContain(sent.Values.SelectMany(request => request.Headers), header => header.Key is "x-api-key" or "authorization" || header.Value.Contains("redacted", StringComparison.Ordinal));
        (await RunAsync("verify")).Exits(0);
    }

    [Fact]
    public async Task Another_model_is_asked_for_and_all_else_of_the_body_stays()
    {
        const string body = "{\"a\":{\"model\":1}, \"model\" :\t\"fake-small\" ,\"n\":1.00,\"messages\":[]}";
        var origin = await SendAsync("v1/chat/completions", body);
        var modelless = await SendAsync("v1/chat/completions", """{"messages":[]}""");
        var list = await SendAsync("v1/mirror/list", "[1]");

        var result = await RunAsync("replay", origin, modelless, list, "--to", "qwen-proxy", "--model", "漢 \"x\"", "--json");

        var report = result.Exits(0).Json;
        Assert.Equal(2, (int)report["sent"]!);
        var bodies = setup.Proxy.Requests.Where(request => request.Method == "POST").Select(request => request.BodyText).ToHashSet();
        Assert.Equal(["{\"a\":{\"model\":1}, \"model\" :\t\"漢 \\\"x\\\"\" ,\"n\":1.00,\"messages\":[]}", "{\"model\":\"漢 \\\"x\\\"\",\"messages\":[]}"], bodies);
        Assert.Equal(list, (string)report["notSent"]!.AsArray().Single()!["requestId"]!);
        Assert.Contains("no JSON object", (string)report["notSent"]![0]!["reason"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_sends_nothing_and_says_what_would_be_sent()
    {
        var origin = await SendAsync("v1/chat/completions", """{"model":"fake-small","messages":[]}""");
        var binary = await SendAsync("v1/mirror/audio", "RIFF", "audio/wav");
        var (rows, requests) = (setup.Log.Count(), setup.Proxy.Requests.Count);

        var report = (await RunAsync("replay", origin, binary, "--to", "qwen-proxy", "--model", "m", "--dry-run", "--json")).Exits(0);

        Assert.Equal(0, (int)report.Json["sent"]!);
        Assert.Equal($$"""{"requestId":"{{origin}}","method":"POST","endpoint":"/v1/chat/completions","model":"m","bytes":27}""", report.Json["wouldSend"]![0]!.ToJsonString());
        Assert.Contains("binary", (string)report.Json["notSent"]![0]!["reason"]!, StringComparison.Ordinal);
        Assert.Equal("1 would be sent to qwen-proxy; 1 cannot be.", report.Errors.TrimEnd().Split('\n')[^1]);
        Assert.Equal((rows, requests), (setup.Log.Count(), setup.Proxy.Requests.Count));
        var piped = (await RunAsync("replay", origin, binary, "--to", "qwen-proxy", "--dry-run")).Exits(0);
        Assert.Equal($"{origin}  POST /v1/chat/completions  fake-small    36", piped.Output.TrimEnd().Split('\n')[1]);
    }

    [Fact]
    public async Task What_cannot_be_sent_again_is_named_and_counted_and_the_rest_goes_on()
    {
        const string secret = "sk-this-is-a-secret-0123456789";
        var whole = await SendAsync("v1/chat/completions", """{"model":"fake-small","messages":[{"role":"user","content":"[redacted]"}]}""");
        var redacted = await SendAsync("v1/chat/completions", $$"""{"model":"fake-small","messages":[{"role":"user","content":"{{secret}}"}]}""", ("x-api-key", secret));
        var inUrl = await SendAsync("v1/chat/completions?api_key=1234", """{"model":"fake-small","messages":[]}""");
        var binary = await SendAsync("v1/mirror/audio", "RIFF", "audio/wav");
        (await RunAsync("config", "set", "audit.maxBody", "1KB")).Exits(0);
        var cut = await SendAsync("v1/chat/completions", $$"""{"model":"fake-small","messages":[{"role":"user","content":"{{new string('x', 2000)}}"}]}""");

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
    public async Task Where_the_router_dies_on_the_way_no_more_is_sent_and_it_says_so()
    {
        string[] origins = [await setup.SendToAsync("echo", "stall"), await setup.SendToAsync("echo", "fake-small"), await setup.SendToAsync("echo", "fake-small")];
        using var process = ProgramStart.Start(BuiltPrograms.Cli, setup.Folder, ["replay", .. origins, "--to", "lm-studio", "--parallel", "1", "--json"]);
        await Eventually.IsAsync("it is stuck", () => setup.Studio.Requests.Any(request => request.Method == "POST"));
        await setup.Router.DisposeAsync();
        var (output, errors) = (await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        Assert.Matches("^2 sent to lm-studio: 0 ok, 2 failed; 1 not sent. The router does not answer at http://127.0.0.1:[0-9]+ any more.\n$", errors);
        Assert.Equal(origins[2], (string)JsonNode.Parse(output)!["notSent"]!.AsArray().Single()!["requestId"]!);
        await using var second = await Router.StartAsync(setup.Folder);
        (await RunAsync("verify")).Exits(0);
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

    [Fact]
    public async Task Filters_take_the_newest_of_a_kind_and_no_replays()
    {
        foreach (var model in new[] { "fake-small", "429", "fake-large", "fake-small", "tools" })
        {
            using var response = await setup.ChatAsync(model);
            _ = await response.Content.ReadAsStringAsync();
        }

        var first = (await RunAsync("replay", "--of-model", "fake-*", "-n", "2", "--to", "qwen-proxy", "--json")).Exits(0).Json;
        Assert.Equal(["fake-small", "fake-large"], first["replays"]!.AsArray().Select(replay => (string)replay!["model"]!));

        var all = (await RunAsync("replay", "--since", "1h", "--to", "echo", "--json")).Exits(0).Json;
        Assert.Equal(5, (int)all["sent"]!);
        // One that is named may be a replay.
        var again = (string)first["replays"]![0]!["requestId"]!;
        var named = (await RunAsync("replay", again[..36], "--to", "lm-studio", "--json")).Exits(0).Json;
        Assert.Equal(again, (string)named["replays"]![0]!["origin"]!);
        Assert.Contains("replays do not count", (await RunAsync("replay", "--provider", "echo", "--to", "echo")).Exits(1).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--to qwen-proxy", "Which requests?", 2)]
    [InlineData("last", "--to", 2)]
    [InlineData("last --to qwen-proxy --since 1h", "do not go together", 2)]
    [InlineData("last --to qwen-proxy -n 3", "do not go together", 2)]
    [InlineData("last --to qwen-proxy --parallel 0", "1 to 64", 2)]
    [InlineData("last --to qwen-proxy --parallel 65", "1 to 64", 2)]
    [InlineData("last --to qwen-prox", "Did you mean qwen-proxy?", 1)]
    [InlineData("last --to qwen-direct", "provider-cli provider enable qwen-direct", 1)]
    [InlineData("ffffffff last 漢 --to qwen-proxy", "starts with 'ffffffff'", 1)]
    public async Task What_cannot_be_meant_is_an_error_before_anything_is_sent(string options, string expected, int code)
    {
        await SendAsync("v1/chat/completions", """{"model":"fake-small","messages":[]}""");
        (await RunAsync("provider", "disable", "qwen-direct")).Exits(0);
        var (rows, requests) = (setup.Log.Count(), setup.Proxy.Requests.Count);

        var result = (await RunAsync(["replay", .. options.Split(' ')])).Exits(code);

        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal((rows, requests), (setup.Log.Count(), setup.Proxy.Requests.Count));
    }

    [Fact]
    public async Task Where_no_router_runs_it_says_so()
    {
        var origin = await SendAsync("v1/chat/completions", """{"model":"fake-small","messages":[]}""");
        setup.Router.AskToStop();
        await setup.Router.EndAsync();

        var result = (await RunAsync("replay", origin, "--to", "echo")).Exits(1);

        Assert.Contains("Start one: provider-router", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Where_the_provider_is_down_each_failure_is_a_row_and_the_exit_code_says_so()
    {
        var origins = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            origins.Add(await SendAsync("v1/chat/completions", $$"""{"model":"{{(i % 2 == 0 ? "fake-small" : "reset")}}","messages":[],"stream":true}"""));
        }

        var half = (await RunAsync(["replay", .. origins, "--to", "qwen-proxy", "--json"])).Exits(1).Json;
        Assert.Equal((6, 3, 3), ((int)half["sent"]!, (int)half["ok"]!, (int)half["failed"]!));
        Assert.All(half["replays"]!.AsArray(), (replay, i) => Assert.Equal(i % 2 == 0 ? "ok" : "upstream_cut", (string)replay!["outcome"]!));

        await setup.Proxy.DisposeAsync();
        var down = (await RunAsync(["replay", .. origins, "--to", "qwen-proxy"])).Exits(1);
        Assert.Equal("6 sent to qwen-proxy: 0 ok, 6 failed; 0 not sent.", down.Errors.TrimEnd());
        Assert.Equal(6, down.Output.Split('\n').Count(line => line.Contains("unreachable", StringComparison.Ordinal)));
        (await RunAsync("verify")).Exits(0);
    }

    [Fact]
    public async Task Ctrl_C_cuts_off_those_under_way_and_says_how_many_were_sent()
    {
        var origins = new List<string>();
        foreach (var model in new[] { "fake-small", "stall", "stall-headers", "fake-small", "fake-small" })
        {
            origins.Add(await setup.SendToAsync("echo", model));
        }

        using var process = ProgramStart.Start(BuiltPrograms.Cli, setup.Folder, ["replay", .. origins, "--to", "qwen-proxy", "--parallel", "2", "--json"]);
        await Eventually.IsAsync("both are stuck", () => setup.Proxy.Requests.Count(request => request.Method == "POST") == 3);
        Signal.Interrupt(process);
        var (output, errors) = (await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("Interrupted. 3 sent to qwen-proxy: 1 ok, 2 failed; 2 not sent.", errors.TrimEnd());
        var report = JsonNode.Parse(output)!;
        Assert.Equal(["ok", "client_closed", "client_closed"], report["replays"]!.AsArray().Select(replay => (string)replay!["outcome"]!));
        Assert.Equal(origins[3..], report["notSent"]!.AsArray().Select(one => (string)one!["requestId"]!));
        // The router notices that its client left.
        await Eventually.IsAsync("both are on record", () => setup.Log.Query("SELECT id FROM request_logs WHERE replays IS NOT NULL AND outcome = 'client_closed'").Count == 2);
        (await RunAsync("verify")).Exits(0);
    }

    [Fact]
    public async Task On_a_terminal_a_bar_shows_how_far_it_is_and_rows_fit()
    {
        for (var i = 0; i < 6; i++)
        {
            await setup.SendToAsync("echo", "slow");
        }

        foreach (var columns in new[] { 40, 80, 200 })
        {
            using var screen = Screen.Start(setup.Folder, "replay -n 6 --provider echo --to qwen-proxy --parallel 1", columns);
            await screen.ReadUntilAsync("3/6");
            Assert.Equal(0, await screen.EndAsync());
            var rows = screen.Text[(screen.Text.LastIndexOf("NEW", StringComparison.Ordinal) - 10)..];
            Assert.Contains("6 sent to qwen-proxy: 6 ok", rows.Replace("\r\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
            // The bar's last line ends where the first row begins.
            Assert.All(ScreenLines.Of(screen)[1..], line => Assert.True(ScreenLines.Width(line) <= columns, line));
        }
    }

    private LogRow Row(string id) => setup.Log.Query("SELECT * FROM request_logs WHERE request_id = $value", id).Single();

    private Task<string> SendAsync(string path, string body, params (string, string)[] headers) => SendAsync(path, body, "application/json", headers);

    private async Task<string> SendAsync(string path, string body, string mediaType, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(setup.Router.Url, path));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new(mediaType);
        Array.ForEach(headers, header => request.Headers.TryAddWithoutValidation(header.Item1, header.Item2));
        using var response = await setup.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        try
        {
            _ = await response.Content.ReadAsByteArrayAsync();
        }
        catch (HttpRequestException)
        {
            // It was meant to break off.
        }

        return response.Headers.GetValues("x-router-request-id").Single();
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
