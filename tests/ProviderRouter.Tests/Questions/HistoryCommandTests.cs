using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Questions;

/// <summary><c>provider-cli history</c> after real traffic: what it takes, and what it shows.</summary>
public sealed class HistoryCommandTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync()
    {
        setup = await Setup.StartAsync();
        foreach (var (model, stream, provider, say) in new[]
        {
            ("fake-small", false, "lm-studio", "What is a monad?"), ("tools", true, "lm-studio", "今天天气怎么样？"), ("429", false, "lm-studio", "Too fast"),
            ("fake-large", false, "qwen-proxy", "Ends with 🦊 and a\\nnew line"), ("x", false, "no-such-provider", "Nobody hears this"),
        })
        {
            using var response = await setup.ChatAsync(model, stream, say, headers: ("x-router-provider", provider));
            _ = await response.Content.ReadAsStringAsync();
        }
    }

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Theory]
    [InlineData("fake-small,fake-large", "--model", "FAKE-*")]
    [InlineData("fake-large", "--model", "fake-large", "-p", "QWEN-PROXY")]
    [InlineData("429", "--status", "429")]
    [InlineData("429,x", "--status", "4xx")]
    [InlineData("429", "--outcome", "upstream_error")]
    [InlineData("x", "--outcome", "rejected")]
    [InlineData("429,x", "--outcome", "failed")]
    [InlineData("fake-small,tools,429,fake-large,x", "--endpoint", "chat/completions")]
    [InlineData("", "--endpoint", "completions/chat")]
    [InlineData("fake-small,tools,429,fake-large,x", "--since", "2h", "--until", "now")]
    [InlineData("", "--until", "yesterday")]
    [InlineData("", "--slower-than", "1h")]
    [InlineData("", "--key", "nobody")]
    [InlineData("", "--outcome", "open")]
    [InlineData("fake-small", "--search", "MONAD")]
    [InlineData("tools", "--search", "天气")]
    [InlineData("fake-large", "--search", "🦊")]
    [InlineData("x", "--search", "\"hears this\"")]
    [InlineData("", "--search", "\"this hears\"")]
    [InlineData("x", "--search", "nob*")]
    public async Task Filters(string expected, params string[] arguments)
    {
        var rows = (await setup.Cli.RunAsync(["history", "--json", .. arguments])).Exits(0).Json.AsArray();
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Reverse(), rows.Select(row => (string?)row!["model"]));
    }

    [Fact]
    public async Task Tokens_and_durations_are_filters_too()
    {
        var all = (await setup.Cli.RunAsync("history", "--json")).Exits(0).Json.AsArray();
        var tokens = all.Max(row => ((long?)row!["promptTokens"] ?? 0) + ((long?)row["completionTokens"] ?? 0));
        var slowest = all.MaxBy(row => (double?)row!["durationMs"])!;

        Assert.NotEmpty((await setup.Cli.RunAsync("history", "--json", "--min-tokens", $"{tokens}")).Exits(0).Json.AsArray());
        Assert.Empty((await setup.Cli.RunAsync("history", "--json", "--min-tokens", $"{tokens + 1}")).Exits(0).Json.AsArray());
        Assert.Equal((string?)slowest["requestId"], (string?)(await setup.Cli.RunAsync("history", "--json", "--slower-than",
            $"{(long)((double)slowest["durationMs"]! - 0.001)}ms")).Exits(0).Json.AsArray().MaxBy(row => (double?)row!["durationMs"])!["requestId"]);
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended()
    {
        var all = (await setup.Cli.RunAsync("history", "--json")).Exits(0).Json.AsArray().Select(row => (string)row!["requestId"]!).ToList();

        var (seen, last) = (new List<string>(), default(string));
        do
        {
            var page = (await setup.Cli.RunAsync(["history", "--json", "-n", "2", .. last is null ? Array.Empty<string>() : ["--before-id", last]])).Exits(0).Json.AsArray();
            seen.AddRange(page.Select(row => (string)row!["requestId"]!));
            last = page.Count > 0 ? seen[^1] : null;
        }
        while (last is not null);

        Assert.Equal(all, seen);
        Assert.Equal(all.Take(2), (await setup.Cli.RunAsync("history", "--json", "--after-id", all[2])).Exits(0).Json.AsArray().Select(row => (string)row!["requestId"]!));
    }

    [Theory]
    [InlineData("--status", "600")]
    [InlineData("--status", "fast")]
    [InlineData("--outcome", "good")]
    [InlineData("--since", "tomorrow-ish")]
    [InlineData("--since", "5")]
    [InlineData("--slower-than", "10")]
    [InlineData("--min-tokens", "many")]
    [InlineData("--search", "...")]
    [InlineData("--columns", "time,colour")]
    [InlineData("--columns", "")]
    [InlineData("--limit", "0")]
    [InlineData("--ranked")]
    public async Task What_cannot_be_meant_is_wrong_usage(params string[] arguments)
    {
        var result = (await setup.Cli.RunAsync(["history", .. arguments])).Exits(2);
        Assert.Empty(result.Output);
        Assert.Contains(arguments[0], result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_is_not_on_record_is_an_error()
    {
        var result = (await setup.Cli.RunAsync("history", "--before-id", "0000")).Exits(1);
        Assert.Contains("No request on record has an id that starts with '0000'", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_gets_all_of_it_and_json_has_the_prompt()
    {
        var rows = (await setup.Cli.RunAsync("history", "--json")).Exits(0).Json.AsArray();
        Assert.Equal(["Nobody hears this", "Ends with 🦊 and a new line", "Too fast", "今天天气怎么样？", "What is a monad?"], rows.Select(row => (string?)row!["prompt"]));
        Assert.All(rows.Where(row => (string?)row!["outcome"] == "ok" && !(bool)row["stream"]!), row => Assert.True((long?)row!["promptTokens"] > 0, row!.ToJsonString()));

        var lines = (await setup.Cli.RunAsync("history")).Exits(0).Output.TrimEnd('\n').Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.EndsWith("今天天气怎么样？", lines[4], StringComparison.Ordinal);
        Assert.Contains((string)rows[0]!["requestId"]!, lines[1], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.True(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= 15, line));
    }

    [Fact]
    public async Task Columns_are_those_that_were_asked_for()
    {
        var lines = (await setup.Cli.RunAsync("history", "--columns", "model,Status", "-n", "2")).Exits(0).Output.TrimEnd('\n').Split('\n');
        Assert.Equal(["MODEL STATUS", "x 400", "fake-large 200"], lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public async Task A_search_shows_where_it_was_found()
    {
        var rows = (await setup.Cli.RunAsync("history", "--json", "--search", "monad")).Exits(0).Json.AsArray();
        Assert.Contains("What is a monad?", (string?)rows.Single()!["snippet"], StringComparison.Ordinal);
        Assert.Contains("Nothing", (await setup.Cli.RunAsync("history", "--search", "monads")).Exits(0).Errors.Replace("No request", "Nothing", StringComparison.Ordinal), StringComparison.Ordinal);

        // What stands in it more often, in less text, comes first when it is ranked.
        using var response = await setup.ChatAsync("fake-small", say: "monad monad monad");
        _ = await response.Content.ReadAsStringAsync();
        using var other = await setup.ChatAsync("fake-small", say: $"monad {new string('x', 3000)} {new string('y', 3000)}");
        _ = await other.Content.ReadAsStringAsync();
        var ranked = (await setup.Cli.RunAsync("history", "--json", "--search", "monad", "--ranked")).Exits(0).Json.AsArray();
        Assert.Equal("monad monad monad", (string?)ranked[0]!["prompt"]);
        Assert.Equal(3, ranked.Count);
        Assert.NotEqual(ranked.ToJsonString(), ((JsonArray)(await setup.Cli.RunAsync("history", "--json", "--search", "monad")).Exits(0).Json).ToJsonString());
    }
}
