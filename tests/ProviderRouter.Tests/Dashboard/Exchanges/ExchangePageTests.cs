using System.Net.Http;
using System.Text;
using AngleSharp.Dom;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Dashboard.Exchanges;

/// <summary>The page of an exchange, but for what was said.</summary>
public sealed class ExchangePageTests
{
    private const string Chat = "/v1/chat/completions";
    private const string Request = """{"model":"m","messages":[{"role":"user","content":"Q"}]}""";
    private const string Answer = """{"choices":[{"message":{"content":"A"}}]}""";

    [Theory]
    [InlineData(Outcome.Ok, "good", "answered", null)]
    [InlineData(Outcome.UpstreamError, "bad", "provider's error", "echo answered with an error")]
    [InlineData(Outcome.Unreachable, "bad", "unreachable", "echo could not be reached.")]
    [InlineData(Outcome.Timeout, "bad", "timed out", "echo was silent for too long.")]
    [InlineData(Outcome.ClientClosed, "warning", "client left", "The client went away")]
    [InlineData(Outcome.UpstreamCut, "bad", "broken off", "echo broke off")]
    [InlineData(Outcome.Rejected, "bad", "refused", "The router refused the request")]
    [InlineData(Outcome.RouterError, "bad", "router failed", "The router itself failed.")]
    [InlineData(Outcome.Interrupted, "warning", "interrupted", "The router was ended")]
    public async Task It_says_how_it_ended_and_why(Outcome outcome, string colour, string words, string? why)
    {
        await using var shown = new ShownLog();
        var id = shown.Add(Chat, Request, Answer, answered: answer => answer with { Outcome = outcome, Error = outcome == Outcome.Ok ? null : "Because <b>so</b>." });
        await shown.StartAsync();
        var page = await shown.PageAsync($"exchanges/{id}");

        Assert.Equal(words, page.QuerySelector($".heading .badge.{colour}")!.TextContent);
        var problem = page.QuerySelector(".heading .problem")?.TextContent;
        Assert.Equal(why is null, problem is null);
        Assert.StartsWith(why ?? "", problem ?? "", StringComparison.Ordinal);
        Assert.EndsWith(why is null ? "" : "Because <b>so</b>.", problem ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_and_the_ways_to_its_neighbours_origin_and_replays()
    {
        await using var shown = new ShownLog();
        var first = shown.Add(Chat, Request, Answer);
        var origin = shown.Add(Chat, Request, Answer, asked: request => request with { ClientKey = "laptop", Query = "x=1" }, answered: answer => answer with
        {
            Usage = new AuditUsage("m", 10, 20, 5, 3, "stop", 0), UpstreamStatus = 201,
        });
        var replay = shown.Add(Chat, Request, Answer, asked: request => request with { Replays = origin });
        var orphan = shown.Add(Chat, Request, Answer, asked: request => request with { Replays = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString() });
        await shown.StartAsync();
        var page = await shown.PageAsync($"exchanges/{origin}");

        var facts = page.QuerySelectorAll("dl > div").ToDictionary(fact => fact.Children[0].TextContent, fact => fact.Children[1].TextContent);
        Assert.Equal("echo", facts["Provider"]);
        Assert.Equal("200 to the client; the provider sent 201", facts["Status"]);
        Assert.Equal("900 ms", facts["Duration"]);
        Assert.Equal("10 in (5 cached), 20 out (3 for reasoning)", facts["Tokens"]);
        Assert.Equal("127.0.0.1, with the key laptop", facts["Client"]);
        Assert.Equal("POST /v1/chat/completions?x=1", facts["Endpoint"]);
        Assert.NotNull(page.QuerySelector($".heading time[datetime$=Z]"));
        Assert.Equal($"/ui/exchanges/{first}", page.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
        Assert.Equal($"/ui/exchanges/{replay}", page.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector($"a[href='/ui/compare?a={origin}&b={replay}']"));
        var again = await shown.PageAsync($"exchanges/{replay}");
        Assert.NotNull(again.QuerySelector($".heading a[href='/ui/exchanges/{origin}']"));
        Assert.NotNull(again.QuerySelector($".heading a[href='/ui/compare?a={origin}&b={replay}']"));
        Assert.Contains("no longer in the log", (await shown.PageAsync($"exchanges/{orphan}")).QuerySelector(".heading")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await shown.PageAsync($"exchanges/{first}")).QuerySelector("a[rel=prev]"));
    }

    [Fact]
    public async Task It_is_found_by_its_id_the_start_of_it_or_as_the_last()
    {
        await using var shown = new ShownLog();
        var first = shown.Add(Chat, Request, Answer);
        var last = shown.Add(Chat, Request, Answer, asked: request => request with { Model = "newest" });
        await shown.StartAsync();

        foreach (var typed in new[] { last, last[..30], last.ToUpperInvariant(), "last" })
        {
            Assert.Equal("newest", (await shown.PageAsync($"exchanges/{typed}")).QuerySelector("h1")!.TextContent);
        }

        Assert.Contains($"{first}, {last}", (await shown.PageAsync($"exchanges/{first[..8]}", 404)).Body!.TextContent, StringComparison.Ordinal);
        foreach (var typed in new[] { "nothing", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(), "%3Cscript%3E", "%FF", new string('a', 5000), "'%20OR%201=1", "sk-1234567890abcdefghij" })
        {
            var page = await shown.PageAsync($"exchanges/{typed}", 404);
            Assert.Equal("There is no such exchange", page.QuerySelector("h1")!.TextContent);
            Assert.NotNull(page.QuerySelector("main a[href='/ui/live']"));
            Assert.DoesNotContain("1234567890", page.Body!.TextContent, StringComparison.Ordinal);
        }

        await shown.PageAsync($"exchanges/{first}/nothing", 404);
    }

    [Fact]
    public async Task The_waterfall_has_each_attempt_and_the_same_numbers_in_words()
    {
        await using var shown = new ShownLog();
        var id = shown.Add(Chat, Request, Answer, answered: answer => answer with
        {
            Attempts = """[{"provider":"a","outcome":"unreachable","error":"no <i>way</i>","durationMs":100},{"provider":"b","outcome":"skipped","durationMs":0},{"provider":"echo","outcome":"ok","status":200,"model":"other","durationMs":800}]""",
        });
        var odd = shown.Add(Chat, Request, Answer, answered: answer => answer with { Attempts = "{nothing}" });
        await shown.StartAsync();
        var rows = (await shown.PageAsync($"exchanges/{id}")).QuerySelectorAll(".waterfall tbody tr");

        Assert.Equal(
            ["Asked aunreachable: no <i>way</i>|0 ms|100 ms|100 ms", "Passed over b|100 ms|100 ms|0 ms", "Asked echo, until its first byteanswered, status 200, other|100 ms|200 ms|100 ms",
                "First byte to first token|200 ms|300 ms|100 ms", "First token to the end|300 ms|900 ms|600 ms"],
            rows.Select(row => string.Join('|', row.Children.Where(cell => cell.ClassName != "bars").Select(cell => cell.TextContent.Trim()))));
        // The figures say it; a bar would say it again.
        Assert.All(rows, row => Assert.Equal("true", row.QuerySelector("svg")!.GetAttribute("aria-hidden")));
        Assert.Equal(["0%", "11.11%", "11.11%"], rows.Take(3).Select(row => row.QuerySelector("rect")!.GetAttribute("x")));
        Assert.Equal(["11.11%", "0.4%", "11.11%"], rows.Take(3).Select(row => row.QuerySelector("rect")!.GetAttribute("width")));
        Assert.Equal(3, (await shown.PageAsync($"exchanges/{odd}")).QuerySelectorAll(".waterfall tbody tr").Length);
    }

    [Fact]
    public async Task The_waterfall_shows_when_each_attempt_began_and_the_pauses_between_them()
    {
        await using var shown = new ShownLog();
        var told = shown.Add(Chat, Request, Answer, answered: answer => answer with
        {
            Attempts = """[{"provider":"a","outcome":"upstream_error","status":500,"error":"500: Too bad.","startMs":20,"durationMs":100},{"provider":"a","outcome":"unreachable","error":"a cannot be reached: nothing listens. `provider-cli test a` says more.","startMs":320,"durationMs":5},{"provider":"b","outcome":"skipped","error":"It kept failing, and rests.","startMs":326,"durationMs":0},{"provider":"echo","outcome":"ok","status":200,"startMs":327,"durationMs":573}]""",
            Times = new(TimeSpan.FromMilliseconds(900), TimeSpan.FromMilliseconds(700), null),
        });
        var older = shown.Add(Chat, Request, Answer, answered: answer => answer with
        {
            Attempts = """[{"provider":"a","outcome":"unreachable","durationMs":100},{"provider":"b","outcome":"unreachable","durationMs":50},{"provider":"echo","outcome":"ok","durationMs":300}]""",
            Times = new(TimeSpan.FromMilliseconds(900), TimeSpan.FromMilliseconds(700.84), TimeSpan.FromMilliseconds(701.6)),
        });
        await shown.StartAsync();
        var page = await shown.PageAsync($"exchanges/{told}");

        Assert.Equal(
            ["Asked aprovider's error, status 500: Too bad.|20 ms|120 ms|100 ms", "Paused before asking again|120 ms|320 ms|200 ms", "Asked aa cannot be reached: nothing listens.|320 ms|325 ms|5 ms",
                "Passed over bIt kept failing, and rests.|326 ms|326 ms|0 ms", "Asked echo, until its first byteanswered, status 200|327 ms|700 ms|373 ms", "First byte to the end|700 ms|900 ms|200 ms"],
            RowsOf(page));
        Assert.Equal("a (2 times), b (passed over)", page.QuerySelectorAll("dl > div").Single(fact => fact.Children[0].TextContent == "Asked before").Children[1].TextContent);
        Assert.Equal(
            ["Asked aunreachable|0 ms|100 ms|100 ms", "Asked bunreachable|100 ms|150 ms|50 ms", "Pauses between themwhen each of them began is not on record|150 ms|600 ms|450 ms",
                "Asked echo, until its first byteanswered|600 ms|701 ms|101 ms", "First byte to first token|701 ms|702 ms|0.8 ms", "First token to the end|702 ms|900 ms|198 ms"],
            RowsOf(await shown.PageAsync($"exchanges/{older}")));
    }

    [Theory]
    [InlineData(Outcome.Ok, 200, 300, "Asked echo, until its first byteanswered, status 200|0 ms|200 ms|200 ms; First byte to first token|200 ms|300 ms|100 ms; First token to the end|300 ms|900 ms|600 ms")]
    [InlineData(Outcome.UpstreamError, 503, null, "Asked echo, until its first byteprovider's error, status 503|0 ms|200 ms|200 ms; First byte to the end|200 ms|900 ms|700 ms")]
    [InlineData(Outcome.Unreachable, null, null, "Asked echounreachable|0 ms|900 ms|900 ms")]
    [InlineData(Outcome.Rejected, null, null, "Until the first byterefused|0 ms|200 ms|200 ms; First byte to the end|200 ms|900 ms|700 ms")]
    public async Task The_waterfall_of_a_single_attempt_says_who_was_asked_too(Outcome outcome, int? sent, int? token, string rows)
    {
        await using var shown = new ShownLog();
        var id = shown.Add(Chat, Request, Answer, answered: answer => answer with
        {
            Outcome = outcome, UpstreamStatus = sent, Times = new(TimeSpan.FromMilliseconds(900), TimeSpan.FromMilliseconds(200), token is { } at ? TimeSpan.FromMilliseconds(at) : null),
        });
        await shown.StartAsync();

        Assert.Equal(rows, string.Join("; ", RowsOf(await shown.PageAsync($"exchanges/{id}"))));
    }

    [Theory]
    [InlineData(Outcome.Timeout, "echo sent nothing for 2 s. A longer silence is allowed with REQUEST_TIMEOUT (milliseconds) where the router starts, or with `provider-cli provider edit echo --idle-timeout`. `provider-cli test echo` says more; `provider-cli set NAME` switches.", "echo sent nothing for 2 s.")]
    [InlineData(Outcome.Rejected, "The request's body has more than 1 GB. A larger one is allowed with: provider-cli config set http.maxRequestBody SIZE", "The router refused the request; it was sent to nobody. The request's body has more than 1 GB.")]
    [InlineData(Outcome.Rejected, "The header x takes an id, as `provider-cli history --json` has it.", "The router refused the request; it was sent to nobody. The header x takes an id, as `provider-cli history --json` has it.")]
    [InlineData(Outcome.Timeout, "echo sent nothing for 2 s.", "echo sent nothing for 2 s.")]
    [InlineData(Outcome.Unreachable, "echo answered with something that is not HTTP. `provider-cli test echo` says more.", "echo answered with something that is not HTTP.")]
    [InlineData(Outcome.ClientClosed, "The client closed the connection before the end.", "The client went away before the answer was over.")]
    [InlineData(Outcome.ClientClosed, "The client closed the connection before the end; the provider was let finish.",
        "The client went away before the answer was over. The client closed the connection before the end; the provider was let finish.")]
    public async Task Why_it_failed_is_said_once(Outcome outcome, string error, string said)
    {
        await using var shown = new ShownLog();
        var id = shown.Add(Chat, Request, Answer, answered: answer => answer with { Outcome = outcome, Error = error });
        await shown.StartAsync();

        Assert.Equal(said, (await shown.PageAsync($"exchanges/{id}")).QuerySelector(".heading .problem")!.TextContent);
    }

    [Fact]
    public async Task An_error_in_the_middle_of_a_stream_is_no_second_answer()
    {
        await using var shown = new ShownLog();
        var id = shown.Add(Chat, Request, """{"choices":[{"index":0,"message":{"content":"so far"}}],"error":{"message":"The model broke off."}}""");
        await shown.StartAsync();

        Assert.Equal(["answer", "error"], (await shown.PageAsync($"exchanges/{id}")).QuerySelectorAll("article.answer h3").Select(heading => heading.TextContent.Trim()));
    }

    private static IEnumerable<string> RowsOf(IDocument page) => page.QuerySelectorAll(".waterfall tbody tr")
        .Select(row => string.Join('|', row.Children.Where(cell => cell.ClassName != "bars").Select(cell => cell.TextContent.Trim())));

    [Fact]
    public async Task Raw_is_what_was_sent_and_no_browser_takes_it_for_a_page()
    {
        await using var shown = new ShownLog();
        const string Events = "data: {\"a\":1}\n\ndata: [DONE]\n\n";
        var page = $"<script>alert(1)</script>{new string('x', 20_000)}";
        var stream = shown.Add(Chat, Request, Answer, answered: answer => answer with { Stream = true, EventStream = ShownLog.Packed(Events) });
        var html = shown.Add(Chat, page, null);
        var binary = shown.Add(Chat, null, null, answered: answer => answer with { Body = new AuditBody(AuditBodyState.Whole, new byte[] { 0xFF, 0, 1 }, IsText: false, 3) });
        await shown.StartAsync();

        foreach (var (path, sent) in new[] { ($"{stream}/raw/request", Request), ($"{stream}/raw/response", Events), ($"{stream}/raw/whole", Answer), ($"{html}/raw/request", page), ($"{binary}/raw/response", "\u00ff\0\u0001") })
        {
            using var raw = await shown.Browser.GetAsync($"ui/exchanges/{path}");
            Assert.Equal(sent, Encoding.Latin1.GetString(await raw.Content.ReadAsByteArrayAsync()));
            Assert.Equal("text/plain; charset=utf-8", raw.Content.Headers.ContentType!.ToString());
            Assert.Equal("attachment", raw.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Equal("nosniff", raw.Headers.GetValues("x-content-type-options").Single());
            Assert.Equal("default-src 'none'; sandbox", raw.Headers.GetValues("content-security-policy").Single());
        }

        using var lines = await shown.Browser.GetAsync($"ui/exchanges/{stream}/raw/request?as=lines");
        Assert.StartsWith("{\n  \"model\": \"m\",", await lines.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("text/plain; charset=utf-8", lines.Content.Headers.ContentType!.ToString());
        foreach (var none in new[] { $"{html}/raw/whole", $"{stream}/raw/headers", "nothing/raw/request", $"{binary}/raw/request" })
        {
            using var answer = await shown.Browser.GetAsync($"ui/exchanges/{none}");
            Assert.Equal(404, (int)answer.StatusCode);
        }

        var shownRaw = (await shown.PageAsync($"exchanges/{stream}")).QuerySelectorAll("details.raw");
        Assert.Equal(["Request headers", "Request body", "Answer headers", "Answer body: the events of its stream", "Answer put together from its events"], shownRaw.Select(one => one.QuerySelector("b")!.TextContent));
        Assert.All(shownRaw, one => Assert.False(one.HasAttribute("open")));
        Assert.Contains("\"authorization\": \"[redacted]\"", shownRaw[0].TextContent, StringComparison.Ordinal);
        // A long one comes when it is opened.
        Assert.Equal($"/ui/exchanges/{html}/raw/request?as=lines", (await shown.PageAsync($"exchanges/{html}")).QuerySelector("pre[data-lines]")!.GetAttribute("data-lines"));
    }

    [Fact]
    public async Task The_command_for_a_shell_has_no_key_and_can_be_copied()
    {
        await using var shown = new ShownLog();
        var id = shown.Add(Chat, Request, Answer, asked: request => request with { Query = "a=b&api_key=[redacted]", ClientKey = "laptop" });
        await shown.StartAsync();
        var page = await shown.PageAsync($"exchanges/{id}");

        var command = page.QuerySelector("#curl")!.TextContent;
        Assert.Equal($"curl '{shown.Router.Url}v1/chat/completions?a=b' \\\n  -H 'content-type: application/json' \\\n  -H 'x-router-provider: echo' \\\n  --data-raw '{Request}'", command);
        Assert.Equal("curl", page.QuerySelector("button[data-copy]")!.GetAttribute("data-copy"));
        Assert.Contains("the key 'laptop', which is not in the log", page.Body!.TextContent, StringComparison.Ordinal);
    }
}
