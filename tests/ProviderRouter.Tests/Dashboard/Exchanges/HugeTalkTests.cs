using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Dashboard.Exchanges;

/// <summary>Whatever strangers make a conversation of, its pages stay pages.</summary>
public sealed class HugeTalkTests
{
    private const int Longest = 4 << 20;

    [Fact]
    public async Task A_message_of_very_many_parts_shows_the_first_and_counts_the_others()
    {
        await using var shown = new ShownLog();
        var parts = string.Join(',', Enumerable.Range(0, 50_000).Select(number => $$"""{"type":"text","text":"part {{number}}."}"""));
        var id = shown.Add("/v1/chat/completions", $$"""{"model":"m","messages":[{"role":"user","content":[{{parts}}]}]}""", Answer("the answer"));
        await shown.StartAsync();
        var html = await shown.Browser.PageAsync($"ui/exchanges/{id}");
        var alone = await shown.Browser.PageAsync($"ui/exchanges/{id}/messages/1");

        IsAPage(html, ["part 0.", "49000 more parts are left out here.", "the answer"]);
        IsAPage(alone, ["part 0.", "part 3999.", "46000 more parts are left out"]);
    }

    [Fact]
    public async Task Very_many_long_answers_are_not_all_open()
    {
        await using var shown = new ShownLog();
        var text = JsonValue.Create(string.Concat(Enumerable.Repeat("*a* b `c` d\n\n", 4000)))!.ToJsonString();
        var choices = string.Join(',', Enumerable.Range(0, 300).Select(number => $$$"""{"index":{{{number}}},"message":{"role":"assistant","content":{{{text}}}}}"""));
        var id = shown.Add("/v1/chat/completions", """{"model":"m","messages":[{"role":"user","content":"the question"}]}""", $$"""{"choices":[{{choices}}]}""");
        await shown.StartAsync();
        var html = await shown.Browser.PageAsync($"ui/exchanges/{id}");

        IsAPage(html, ["the question", "answer 1 of 300", "answer 300 of 300"]);
        Assert.Contains("answer 300 of 300", await shown.Browser.PageAsync($"ui/exchanges/{id}/messages/301"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_of_tools_are_weighed_with_their_calls()
    {
        await using var shown = new ShownLog();
        var result = new string('r', 20_000);
        var calls = string.Join(',', Enumerable.Range(0, 2000).Select(number => $$"""{"id":"c{{number}}","type":"function","function":{"name":"look","arguments":"{}" } }"""));
        var results = string.Join(',', Enumerable.Range(0, 300).Select(number => $$"""{"role":"tool","tool_call_id":"c{{number}}","content":"{{result}}"}"""));
        var id = shown.Add("/v1/chat/completions", $$"""{"model":"m","messages":[{"role":"assistant","tool_calls":[{{calls}}]},{{results}},{"role":"user","content":"go on"}]}""", Answer("the answer"));
        await shown.StartAsync();

        IsAPage(await shown.Browser.PageAsync($"ui/exchanges/{id}"), ["go on", "the answer"]);
    }

    [Fact]
    public async Task Names_as_long_as_a_book_are_cut_wherever_they_are_one_of_many()
    {
        var name = new string('n', 1_000_000);
        await using var shown = new ShownLog();
        var ids = Enumerable.Range(0, 12).Select(number => shown.Add(
            "/v1/chat/completions", $$"""{"model":"m","messages":[{"role":"{{name}}","name":"{{name}}","content":"the question"}]}""", Answer("the answer"),
            asked: row => row with { Model = $"{number}{name}" },
            answered: row => row with { Outcome = ProviderRouter.AuditLog.Outcome.UpstreamError, Error = name, Usage = row.Usage with { Model = $"a{number}{name}", FinishReason = name } })).ToList();
        await shown.StartAsync();
        foreach (var path in new[] { "", "?by=model", "/live", "/live/rows?before=1000", "/stats?by=model", "/search?search=question", $"/exchanges/{ids[0]}", $"/exchanges/{ids[0]}/messages/1", $"/compare?a={ids[0]}&b={ids[1]}" })
        {
            var page = await shown.Browser.PageAsync($"ui{path}");
            Assert.True(page.Length < 200_000, $"{path} has {page.Length} letters.");
            Assert.Contains("…", path.StartsWith("/live/rows", StringComparison.Ordinal) ? System.Text.RegularExpressions.Regex.Unescape(page) : page, StringComparison.Ordinal);
        }

        using var live = await Live.LiveClient.OpenAsync(shown.Router);
        await live.UntilAsync(() => live.Rows.Count == ids.Count);
        Assert.All(live.Rows.Values, row => Assert.InRange(row.ToJsonString().Length, 100, 20_000));
    }

    [Theory]
    [InlineData("""[{"provider":"x","outcome":"ok","durationMs":1e300},{"provider":"y","durationMs":1e300}]""")]
    [InlineData("""[{"provider":"x","durationMs":1e308},{"durationMs":-1e308},{"durationMs":-5}]""")]
    [InlineData("""[null]""")]
    [InlineData("""{"provider":"x"}""")]
    [InlineData("""not JSON""")]
    public async Task Attempts_that_no_router_wrote_do_no_harm(string attempts)
    {
        await using var shown = new ShownLog();
        var id = shown.Add("/v1/chat/completions", """{"model":"m","messages":[{"role":"user","content":"the question"}]}""", Answer("the answer"), answered: row => row with { Attempts = attempts });
        await shown.StartAsync();

        IsAPage(await shown.Browser.PageAsync($"ui/exchanges/{id}"), ["the answer", "Timing"]);
    }

    [Fact]
    public async Task Very_many_attempts_with_long_errors_are_cut()
    {
        await using var shown = new ShownLog();
        var attempts = string.Join(',', Enumerable.Repeat($$"""{"provider":"{{new string('p', 10_000)}}","error":"{{new string('e', 10_000)}}","durationMs":1}""", 1000));
        var id = shown.Add("/v1/chat/completions", """{"model":"m","messages":[]}""", Answer("the answer"), answered: row => row with { Attempts = $"[{attempts}]" });
        await shown.StartAsync();

        Assert.InRange((await shown.Browser.PageAsync($"ui/exchanges/{id}")).Length, 1000, 500_000);
    }

    private static string Answer(string text) => string.Create(CultureInfo.InvariantCulture, $$$"""{"choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"}}]}""");

    private static void IsAPage(string html, string[] words)
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1000, Longest);
        Assert.All(words, word => Assert.Contains(word, html, StringComparison.Ordinal));
    }
}
