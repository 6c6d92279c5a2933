using AngleSharp.Dom;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Dashboard.Exchanges;

/// <summary>Two answers side by side.</summary>
public sealed class ComparePageTests
{
    private const string Chat = "/v1/chat/completions";

    [Theory]
    [InlineData("""{"content":"The same"}""", """{"content":"The same"}""", "good", "the same answer")]
    [InlineData("""{"content":"Once upon a time"}""", """{"content":"Once upon two times"}""", "warning", "different answers")]
    [InlineData("""{"content":"a","tool_calls":[{"id":"1","function":{"name":"f","arguments":"{\"x\":1}"}}]}""", """{"content":"b","tool_calls":[{"id":"2","function":{"name":"f","arguments":"{ \"x\": 1 }"}}]}""", "good", "the same tool calls, other words")]
    [InlineData("""{"content":"","tool_calls":[{"id":"1","function":{"name":"f","arguments":"{\"x\":1}"}}]}""", """{"content":"","tool_calls":[{"id":"2","function":{"name":"f","arguments":"{\"x\":2}"}},{"id":"3","function":{"name":"g","arguments":"{}"}}]}""", "warning", "different answers")]
    public async Task Says_how_alike_they_are(string left, string right, string colour, string verdict)
    {
        await using var shown = new ShownLog();
        var one = shown.Add(Chat, "{}", $$$"""{"choices":[{"message":{{{left}}}}]}""");
        var other = shown.Add(Chat, """{"top_p":1}""", $$$"""{"choices":[{"message":{{{right}}}}]}""", answered: answer => answer with { Times = new(TimeSpan.FromMilliseconds(500), null, null) });
        await shown.StartAsync();
        var page = await shown.PageAsync($"compare?a={one}&b={other}");

        Assert.Equal(verdict, page.QuerySelector($"h1 + .badge.{colour}")!.TextContent);
        Assert.Contains("The requests differ in top_p.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("400 ms faster", page.QuerySelectorAll(".figures tr").Single(row => row.TextContent.Contains("Duration", StringComparison.Ordinal)).Children[2].QuerySelector("b")!.TextContent);
        var isDifferent = left.Contains("Once", StringComparison.Ordinal);
        Assert.Equal(isDifferent ? ["a time"] : left.Contains("\"a\"", StringComparison.Ordinal) ? ["a"] : [], page.QuerySelectorAll("pre del").Select(one => one.TextContent));
        Assert.Equal(isDifferent ? ["two times"] : left.Contains("\"a\"", StringComparison.Ordinal) ? ["b"] : [], page.QuerySelectorAll("pre ins").Select(one => one.TextContent));
        Assert.Equal(right.Contains("\"g\"", StringComparison.Ordinal) ? 1 : 0, page.QuerySelectorAll(".pair .hint").Count(hint => hint.TextContent == "No call here."));
    }

    [Fact]
    public async Task Says_why_two_cannot_be_compared_and_asks_which_two_are_meant()
    {
        await using var shown = new ShownLog();
        var ok = shown.Add(Chat, "{}", """{"choices":[{"message":{"content":"A"}}]}""");
        var failed = shown.Add(Chat, "{}", """{"error":{"message":"no"}}""", status: 500, answered: answer => answer with { Error = "Nothing works." });
        var open = shown.Add(Chat, "{}", isOpen: true);
        var later = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        await shown.StartAsync();

        var page = await shown.PageAsync($"compare?a={ok}&b={failed}");
        Assert.Equal("not compared", page.QuerySelector("h1 + .badge.bad")!.TextContent);
        Assert.Contains("Nothing works.", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(open, (await shown.PageAsync($"compare?a={ok}&b={open}")).QuerySelector("[data-under-way]")!.GetAttribute("data-under-way"));
        Assert.Contains($"{later} is not on record yet", (await shown.PageAsync($"compare?a={ok}&b={later}")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("", await shown.Browser.PageAsync($"ui/exchanges/{later}/outcome"));
        Assert.Equal(2, (await shown.PageAsync("compare")).QuerySelectorAll("form input").Length);
        Assert.Equal("last", (await shown.PageAsync("compare?a=last")).QuerySelector("input[name=a]")!.GetAttribute("value"));
        Assert.Contains("'abcd'", (await shown.PageAsync($"compare?a={ok}&b=abcd", 404)).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        await shown.PageAsync($"compare?a={later}&b={later}", 404);
        await shown.PageAsync("compare?a=last&b=last");
        // One that never was is not waited for.
        await shown.PageAsync($"compare?a={ok}&b={Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddHours(-1))}", 404);
        await shown.PageAsync($"compare?a={ok}&b={Guid.NewGuid()}", 404);
        await shown.PageAsync($"compare?a={ok}&b=ffffffff-ffff-7fff-bfff-ffffffffffff", 404);
    }

    [Fact]
    public async Task It_offers_what_one_can_be_compared_with_the_same_request_first()
    {
        const string Request = """{"messages":[{"role":"user","content":"Tell <b>me</b>"}]}""";
        await using var shown = new ShownLog();
        var older = Enumerable.Range(0, 25).Select(_ => shown.Add(Chat, "{}", "{}")).ToList();
        var origin = shown.Add(Chat, Request, """{"model":"small","choices":[]}""", answered: answer => answer with { Usage = new AuditUsage("small", null, null, null, null, null, 0) });
        var replays = Enumerable.Range(0, 2).Select(_ => shown.Add(Chat, Request, "{}", asked: request => request with { Replays = origin })).ToList();
        await shown.StartAsync();
        string[] Newest(int count) => [.. older.AsEnumerable().Reverse().Take(count)];
        string[] Offered(IParentNode page, string heading) =>
            [.. page.QuerySelectorAll($"section[aria-labelledby={heading}-heading] .choice > a").Select(link => link.GetAttribute("href")!)];

        var page = await shown.PageAsync($"compare?a={origin}");
        Assert.Equal([$"/ui/compare?a={origin}&b={replays[1]}", $"/ui/compare?a={origin}&b={replays[0]}"], Offered(page, "same"));
        Assert.Equal(Newest(20).Select(id => $"/ui/compare?a={origin}&b={id}"), Offered(page, "newest"));
        var ofReplay = await shown.PageAsync($"compare?a={replays[0][..36]}");
        Assert.Equal([$"/ui/compare?a={replays[0]}&b={origin}", $"/ui/compare?a={replays[0]}&b={replays[1]}"], Offered(ofReplay, "same"));
        Assert.Matches(@"^[-0-9: ]+\s*echo\s*answered\s*m → small: Tell <b>me</b>", ofReplay.QuerySelector("section .choice")!.TextContent);
        // Where the other one is known, or none.
        var first = await shown.PageAsync($"compare?a=none&b={origin}", 404);
        Assert.Contains($"/ui/compare?a={older[^1]}&b={origin}", Offered(first, "newest"));
        var both = await shown.PageAsync("compare");
        Assert.Equal(replays.AsEnumerable().Reverse().Append(origin).Concat(Newest(17)).Select(id => $"/ui/compare?a={id}"), Offered(both, "newest"));
        var wrong = await shown.PageAsync($"compare?a={origin}&b=abcd", 404);
        Assert.EndsWith("Choose one below, or look for it on Live or Search.", wrong.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("provider-cli", wrong.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, Offered(wrong, "same").Length);
        Assert.Contains("'abcd'", (await shown.PageAsync("compare?a=abcd")).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_and_an_error_stand_side_by_side_as_they_are()
    {
        await using var shown = new ShownLog();
        const string Error = "echo cannot be reached: nothing listens. `provider-cli test echo` says more; `provider-cli set NAME` switches.";
        var ok = shown.Add(Chat, "{}", """{"choices":[{"message":{"content":"echo can be reached."}}]}""");
        var failed = shown.Add(Chat, "{}", $$$"""{"error":{"message":"{{{Error}}} Asked before it: a (a sent nothing. `provider-cli test a` says more.)"}}""", status: 502, answered: answer => answer with
        {
            Outcome = Outcome.Unreachable, UpstreamStatus = null, Error = Error,
        });
        var providers = shown.Add(Chat, "{}", """{"error":{"message":"Wrong. Try `provider-cli set NAME`."}}""", status: 400, answered: answer => answer with { Error = "400: Wrong." });
        await shown.StartAsync();

        var page = await shown.PageAsync($"compare?a={ok}&b={failed}");
        Assert.Empty(page.QuerySelectorAll("del, ins"));
        Assert.Equal(["echo can be reached.", "echo cannot be reached: nothing listens. Asked before it: a (a sent nothing.)"], page.QuerySelectorAll("pre.text").Select(text => text.TextContent));
        Assert.Equal("B: echo cannot be reached: nothing listens.", page.QuerySelector(".notice")!.TextContent);
        // What a provider says is not the router's to shorten.
        Assert.Equal("Wrong. Try `provider-cli set NAME`.", (await shown.PageAsync($"compare?a={ok}&b={providers}")).QuerySelectorAll("pre.text")[1].TextContent);
    }

    [Fact]
    public async Task Both_sides_have_a_name_and_what_neither_has_is_left_out()
    {
        await using var shown = new ShownLog();
        string Thought(string text) => $$$"""{"choices":[{"message":{"content":"A","reasoning_content":"{{{text}}}"}}]}""";
        const string Request = """{"messages":[{"role":"user","content":"First"},{"role":"user","content":"And now?"}]}""";
        var one = shown.Add(Chat, Request, Thought("e\u0301 👩‍👧"), answered: answer => answer with { Usage = new AuditUsage("small", null, 9, null, null, null, 0), Times = new(TimeSpan.FromMilliseconds(900), null, null) });
        var other = shown.Add(Chat, Request, Answered("B"), answered: answer => answer with { Times = new(TimeSpan.FromMilliseconds(900.2), null, null) });
        var third = shown.Add(Chat, Request.Replace("now", "then", StringComparison.Ordinal), Answered("B"));
        await shown.StartAsync();

        var page = await shown.PageAsync($"compare?a={one}&b={other}");
        var headings = page.QuerySelectorAll(".figures thead a");
        Assert.All(headings.Zip("AB"), pair => Assert.Matches($"^{pair.Second}: echo, [0-9: -]+$", pair.First.TextContent));
        Assert.Equal([$"/ui/exchanges/{one}", $"/ui/exchanges/{other}"], headings.Select(link => link.GetAttribute("href")));
        Assert.Equal([one, other], headings.Select(link => link.GetAttribute("title")));
        Assert.Equal(headings.Select(link => link.TextContent), page.QuerySelectorAll(".pair section h3").Select(heading => heading.TextContent));
        Assert.Equal(
            ["Outcome|answered|answered", "Provider|echo|echo", "Model|m → small|m", "Status|200|200", "Duration|900 ms|900 ms", "Tokens of the answer|9|–", "Tokens a second|10.0|–", "Characters of reasoning|3|0"],
            page.QuerySelectorAll(".figures tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim()))));
        Assert.Equal(["3 characters"], page.QuerySelectorAll("details summary .hint").Select(hint => hint.TextContent));
        Assert.Equal("e\u0301 👩‍👧", page.QuerySelector("details pre")!.TextContent.Replace("U+200D", "\u200d", StringComparison.Ordinal));
        Assert.Contains("none is told", page.QuerySelector("section[aria-labelledby=reasoning-heading]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Both were asked: And now?", page.Body!.TextContent, StringComparison.Ordinal);
        var apart = (await shown.PageAsync($"compare?a={one}&b={third}")).Body!.TextContent;
        Assert.Contains("A was asked: And now?", apart, StringComparison.Ordinal);
        Assert.Contains("B was asked: And then?", apart, StringComparison.Ordinal);

        static string Answered(string text) => $$$"""{"choices":[{"message":{"content":"{{{text}}}"}}]}""";
    }

    [Fact]
    public async Task Texts_of_a_megabyte_are_compared_and_shown_in_time()
    {
        await using var shown = new ShownLog();
        string Answer(string word) => $$$"""{"choices":[{"message":{"content":"{{{string.Concat(Enumerable.Repeat($"Some {word} text. ", 70_000))}}}"}}]}""";
        var (one, other) = (shown.Add(Chat, "{}", Answer("first")), shown.Add(Chat, "{}", Answer("second")));
        await shown.StartAsync();

        var page = await shown.PageAsync($"compare?a={one}&b={other}");
        Assert.Contains("lines are compared", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("pre"), text => Assert.InRange(text.TextContent.Length, 1000, 300_000));
    }
}
