using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Net.Sockets;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using ProviderRouter.Tests.Access;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard.Exchanges;

/// <summary>"Replay on ...": the same request to another provider, and both answers side by side.</summary>
public sealed class ReplayPageTests
{
    [Theory]
    [InlineData("fake-small", false)]
    [InlineData("fake-small", true)]
    [InlineData("429", false)]
    [InlineData("cut", true)]
    [InlineData("empty", false)]
    public async Task It_is_sent_as_it_was_and_is_on_record_as_a_replay(string model, bool stream)
    {
        await using var setup = await Setup.StartAsync();
        var browser = new UiBrowser(setup.Router);
        using (var response = await setup.ChatAsync(model, stream, headers: [("anthropic-version", "2023-06-01"), ("authorization", "Bearer sk-1234567890abcdef")]))
        {
            await response.Content.ReadAsByteArrayAsync().ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await setup.Log.WaitForAsync(model);
        var compared = await ReplayAsync(browser, "last", "qwen-proxy");

        var rows = setup.Log.Query("SELECT * FROM request_logs WHERE method = 'POST' ORDER BY id");
        Assert.Equal(2, rows.Count);
        Assert.Equal($"/ui/compare?a={rows[0].Text("request_id")}&b={rows[1].Text("request_id")}", compared);
        Assert.Equal((rows[0].Text("request_id"), "qwen-proxy", rows[0].Text("outcome")), (rows[1].Text("replays"), rows[1].Text("provider"), rows[1].Text("outcome")));
        foreach (var same in new[] { "request_sha256", "endpoint", "request_content_type", "status_code", "model", "client", "stream" })
        {
            Assert.Equal(rows[0][same], rows[1][same]);
        }

        // The server's greeting asks for models, too, whenever it comes to it.
        var (left, right) = (setup.Studio.Requests.Last(request => request.Method == "POST"), setup.Proxy.Requests.Last(request => request.Method == "POST"));
        Assert.Equal((left.Method, left.RawTarget), (right.Method, right.RawTarget));
        Assert.Equal("2023-06-01", right.Headers["anthropic-version"]);
        Assert.DoesNotContain(right.Headers.Keys, name => name.StartsWith("x-router", StringComparison.OrdinalIgnoreCase) || name.Equals("authorization", StringComparison.OrdinalIgnoreCase));
        var page = await ShownLog.ParseAsync(await browser.GetAsync(compared[1..]));
        Assert.Equal(["lm-studio", "qwen-proxy"], page.QuerySelectorAll(".figures tbody tr")[1].QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Null(page.QuerySelector("[data-under-way]"));
    }

    [Fact]
    public async Task As_many_are_sent_one_after_the_other_as_one_likes()
    {
        await using var setup = await Setup.StartAsync();
        var id = await setup.SendToAsync("lm-studio", "fake-small");
        for (var i = 0; i < 6; i++)
        {
            await ReplayAsync(new UiBrowser(setup.Router), id, "qwen-proxy");
        }
    }

    [Fact]
    public async Task Another_model_is_asked_for_and_nothing_else_changes()
    {
        await using var setup = await Setup.StartAsync();
        await setup.SendToAsync("lm-studio", "fake-small");
        await ReplayAsync(new UiBrowser(setup.Router), "last", "qwen-proxy", "fake-large");

        Assert.Equal("""{"model":"fake-large","messages":[{"role":"user","content":"Hello"}]}""", setup.Log.Query("SELECT * FROM request_logs ORDER BY id DESC LIMIT 1")[0].Text("request_body"));
    }

    [Fact]
    public async Task Paths_queries_and_requests_without_a_body_are_as_they_were()
    {
        await using var setup = await Setup.StartAsync();
        (await setup.Client.GetAsync("v1/mirror/a%20b%2Fc/%C3%A9?x=%26&y=[1]")).Dispose();
        await ReplayAsync(new UiBrowser(setup.Router), "last", "qwen-proxy");

        Assert.Equal("/v1/mirror/a%20b%2Fc/%C3%A9?x=%26&y=[1]", setup.Studio.Requests.Last(request => request.RawTarget.StartsWith("/v1/mirror", StringComparison.Ordinal)).RawTarget);
        Assert.Equal("/v1/mirror/a%20b%2Fc/%C3%A9?x=%26&y=[1]", setup.Proxy.Requests.Last(request => request.RawTarget.StartsWith("/v1/mirror", StringComparison.Ordinal)).RawTarget);
        var rows = setup.Log.Query("SELECT * FROM request_logs ORDER BY id");
        Assert.Equal((rows[0].Text("endpoint"), rows[0].Text("query"), "none"), (rows[1].Text("endpoint"), rows[1].Text("query"), rows[1].Text("request_body_state")));
    }

    [Theory]
    [InlineData("/xx@{0}/steal")]
    [InlineData("/v1@{0}/steal")]
    [InlineData("/xx.example.com/steal")]
    [InlineData("/admin/api/active")]
    [InlineData("/x")]
    [InlineData("/")]
    [InlineData("/v1/../steal")]
    [InlineData("/v1/a/%2E%2e/steal")]
    [InlineData("/v1/a\0b")]
    public async Task A_path_that_no_server_took_is_sent_nowhere(string path)
    {
        await using var thief = await FakeUpstream.FakeUpstreamServer.StartAsync("thief");
        await using var shown = new ShownLog();
        // As of a log that somebody else wrote, and that was imported.
        var id = shown.Add(string.Format(CultureInfo.InvariantCulture, path, new Uri(thief.BaseUrl).Authority), """{"model":"m","messages":[]}""", "{}");
        await shown.StartAsync(("VICTIM_KEY", "sk-of-the-victim"));
        // Without a path of its own, so that what follows could go on with the host's name.
        (await new Programs.Cli(shown.Folder).RunAsync("provider", "add", "victim", "--base-url", new Uri(thief.BaseUrl).GetLeftPart(UriPartial.Authority), "--key-env", "VICTIM_KEY")).Exits(0);

        using var answer = await shown.Browser.PostAsync($"ui/exchanges/{id}/replay", ("provider", "victim"));

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.DoesNotContain(thief.Requests, request => request.Method == "POST");
        Assert.Equal(1L, new RecordedLog(shown.Folder).Count());
        Assert.Contains("cannot be sent again", (await shown.PageAsync($"exchanges/{id}")).QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_provider_does_not_hold_the_page_and_too_many_at_once_are_refused()
    {
        await using var setup = await Setup.StartAsync();
        using var left = new CancellationTokenSource();
        var asked = setup.ChatAsync("stall", stream: true, cancellation: left.Token);
        using (await asked)
        {
            await left.CancelAsync();
        }

        await setup.Log.WaitForAsync("stall");
        var browser = new UiBrowser(setup.Router);
        var token = await TokenAsync(browser, "last");
        var id = setup.Log.Query("SELECT request_id FROM request_logs").Single().Text("request_id");
        var started = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            browser.PostWithAsync($"ui/exchanges/{id}/replay", token, [("provider", "qwen-proxy")])));

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 20);
        Assert.Equal([303, 303, 303, 303, 429, 429], answers.Select(answer => (int)answer.StatusCode).Order());
        var page = await ShownLog.ParseAsync(await browser.GetAsync(answers.First(answer => (int)answer.StatusCode == 303).Headers.Location!.ToString()[1..]));
        Assert.Equal("under way", page.QuerySelector("h1 + .badge")!.TextContent);
        Assert.NotEmpty(page.QuerySelector("[data-under-way]")!.GetAttribute("data-under-way")!);
        Assert.Contains("qwen-proxy has not finished", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_under_way_when_the_server_stops_is_finished()
    {
        var isStopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var held = new FaultyUpstream(async (connection, _) =>
        {
            await isStopped.Task;
            await FaultyUpstream.SayAsync(connection, FaultyUpstream.Good());
        });
        await using var setup = await Setup.StartAsync();
        (await setup.Cli.RunAsync("provider", "add", "held", "--base-url", held.BaseUrl)).Exits(0);
        await setup.SendToAsync("lm-studio", "fake-small");
        var id = (await ReplayAsync(new UiBrowser(setup.Router), "last", "held"))[^36..];
        setup.Router.AskToStop();
        await Eventually.IsAsync("nobody is let in any more", async () =>
        {
            using var client = new TcpClient();
            return await client.ConnectAsync(setup.Router.Url.Host, setup.Router.Url.Port).ContinueWith(connected => connected.IsFaulted, TaskScheduler.Default);
        });
        isStopped.SetResult();
        Assert.Equal(0, await setup.Router.EndAsync());

        var row = setup.Log.Query($"SELECT outcome, finish_reason FROM request_logs WHERE request_id = '{id}'").Single();
        Assert.Equal(("ok", "stop"), (row.Text("outcome"), row.Text("finish_reason")));
    }

    [Theory]
    [InlineData("nobody", 400, "no enabled provider 'nobody'")]
    [InlineData("", 400, "No provider was chosen")]
    [InlineData("qwen-direct", 400, "no enabled provider 'qwen-direct'")]
    [InlineData("<script>", 400, "no enabled provider")]
    public async Task Who_cannot_be_asked_is_not(string provider, int status, string message)
    {
        await using var setup = await Setup.StartAsync();
        (await setup.Cli.RunAsync("provider", "disable", "qwen-direct")).Exits(0);
        var id = await setup.SendToAsync("lm-studio", "fake-small");
        var browser = new UiBrowser(setup.Router);
        using var answer = await browser.PostWithAsync($"ui/exchanges/{id}/replay", await TokenAsync(browser, id), [("provider", provider)]);

        Assert.Contains(message, (await ShownLog.ParseAsync(answer, status)).Body!.TextContent, StringComparison.Ordinal);
        using var forged = await browser.PostWithAsync($"ui/exchanges/{id}/replay", "x", [("provider", "echo")]);
        Assert.Equal(403, (int)forged.StatusCode);
        using var unknown = await browser.PostWithAsync("ui/exchanges/nothing/replay", await TokenAsync(browser, id), [("provider", "echo")]);
        Assert.Equal(404, (int)unknown.StatusCode);
        Assert.Equal(1, setup.Log.Count());
    }

    [Fact]
    public async Task Who_has_no_key_is_offered_as_such_and_not_first()
    {
        await using var setup = await Setup.StartAsync();
        foreach (var name in new[] { "a-first", "b-next" })
        {
            (await setup.Cli.RunAsync(["provider", "add", name, "--base-url", setup.Proxy.BaseUrl, .. name == "a-first" ? (string[])["--key-env", "NOBODY_SET_THIS"] : ["--no-key"]])).Exits(0);
        }

        var id = await setup.SendToAsync("lm-studio", "fake-small");
        var options = (await ShownLog.ParseAsync(await new UiBrowser(setup.Router).GetAsync($"ui/exchanges/{id}"))).QuerySelectorAll<IHtmlOptionElement>("select[name=provider] option");
        Assert.Equal("a-first (no key)", options.Single(option => option.Value == "a-first").TextContent);
        Assert.Equal("b-next", options.Single(option => option.Value == "b-next").TextContent);
        Assert.DoesNotContain("no key", options.Single(option => option.IsSelected).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_on_record_as_it_was_sent_cannot_be_sent_again()
    {
        await using var setup = await Setup.StartAsync();
        var id = await setup.PostAsync("v1/chat/completions?api_key=sk-1234567890abcdef", """{"model":"fake-small","messages":[]}""");
        var browser = new UiBrowser(setup.Router);
        var page = await ShownLog.ParseAsync(await browser.GetAsync($"ui/exchanges/{id}"));

        Assert.Null(page.QuerySelector("form[action$=replay]"));
        Assert.Contains("its address had a secret in it, which is not on record", page.Body!.TextContent, StringComparison.Ordinal);
        var other = await setup.SendToAsync("lm-studio", "fake-small");
        using var answer = await browser.PostWithAsync($"ui/exchanges/{id}/replay", await TokenAsync(browser, other), [("provider", "qwen-proxy")]);
        Assert.Contains("a secret in it", (await ShownLog.ParseAsync(answer, 400)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, setup.Log.Count());
    }

    [Fact]
    public async Task Where_keys_are_asked_for_the_one_who_signed_in_needs_no_other()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        (await closed.SendAsync(("authorization", $"Bearer {closed.Keys["laptop"]}"))).Dispose();
        var browser = await new UiBrowser(closed.Router).SignInAsync(closed.Keys["admin"]);
        var compared = await ReplayAsync(browser, "last", "lm-studio");

        var rows = closed.Log.Query("SELECT * FROM request_logs ORDER BY id");
        Assert.Equal(("admin", "ok", rows[0].Text("request_id")), (rows[1].Text("client_key"), rows[1].Text("outcome"), rows[1].Text("replays")));
        Assert.EndsWith(rows[1].Text("request_id")!, compared, StringComparison.Ordinal);
        Assert.Equal(2, closed.Forwarded.Count);
        using var stranger = await new UiBrowser(closed.Router).GetAsync("ui/exchanges/last");
        Assert.Equal(303, (int)stranger.StatusCode);
    }

    private static async Task<string> ReplayAsync(UiBrowser browser, string id, string provider, string model = "")
    {
        var token = await TokenAsync(browser, id);
        using var answer = await browser.PostWithAsync($"ui/exchanges/{id}/replay", token, [("provider", provider), ("model", model)]);
        Assert.Equal(303, (int)answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static async Task<string> TokenAsync(UiBrowser browser, string id)
    {
        var page = await ShownLog.ParseAsync(await browser.GetAsync($"ui/exchanges/{id}"));
        return page.QuerySelector<IHtmlInputElement>("form[action$=replay] input[name=_token]")!.Value;
    }
}
