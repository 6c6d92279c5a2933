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
        Assert.Equal("faster", page.QuerySelectorAll(".figures tr").Single(row => row.TextContent.Contains("Duration", StringComparison.Ordinal)).Children[2].QuerySelector("b")!.TextContent);
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
