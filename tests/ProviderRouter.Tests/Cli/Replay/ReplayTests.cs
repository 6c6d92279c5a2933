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
            await setup.PostAsync("v1/chat/completions", tools), await setup.PostAsync("v1/messages?beta=true", message, ("anthropic-version", "2023-06-01"), ("x-api-key", "sk-secret-secret-secret")),
            await setup.PostAsync("v1/embeddings", """{"model":"e","input":["a","b"]}"""), await setup.PostAsync("v1/mirror/a%20b/%C3%A9%2Fc%25?x=%2F&y=z", """{"model":"x"}"""),
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
        var origin = await setup.PostAsync("v1/chat/completions", body);
        var modelless = await setup.PostAsync("v1/chat/completions", """{"messages":[]}""");
        var list = await setup.PostAsync("v1/mirror/list", "[1]");

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
        var origin = await setup.PostAsync("v1/chat/completions", """{"model":"fake-small","messages":[]}""");
        var binary = await setup.PostAsync("v1/mirror/audio", "RIFF", "audio/wav");
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
        await setup.PostAsync("v1/chat/completions", """{"model":"fake-small","messages":[]}""");
        (await RunAsync("provider", "disable", "qwen-direct")).Exits(0);
        var (rows, requests) = (setup.Log.Count(), setup.Proxy.Requests.Count);

        var result = (await RunAsync(["replay", .. options.Split(' ')])).Exits(code);

        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal((rows, requests), (setup.Log.Count(), setup.Proxy.Requests.Count));
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

    private Task<ProgramResult> RunAsync(params string[] arguments) => setup.Cli.RunAsync(arguments);
}
