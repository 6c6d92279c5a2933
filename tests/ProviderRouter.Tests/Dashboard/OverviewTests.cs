using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>What the overview says is what is so, and its switch takes what <c>set</c> takes.</summary>
public sealed partial class OverviewTests : IAsyncLifetime
{
    private Setup setup = null!;
    private UiBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        setup = await Setup.StartAsync();
        browser = new UiBrowser(setup.Router);
    }

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task The_bare_address_leads_to_it()
    {
        using var answer = await browser.GetAsync("/");

        Assert.Equal((HttpStatusCode.Redirect, "/ui"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Theory]
    [InlineData("qwen-proxy", "", "", "qwen-proxy", "")]
    [InlineData("qwen-proxy", "echo", "lm-studio", "qwen-proxy", "echo,lm-studio")]
    [InlineData("qwen-proxy", "", "echo", "qwen-proxy", "echo")]
    public async Task A_switch_counts_from_the_next_request_on(string provider, string first, string second, string active, string fallbacks)
    {
        using var answer = await browser.PostAsync("ui/active", ("provider", provider), ("fallback", first), ("fallback", second));
        using var chat = await setup.ChatAsync("fake-small");
        var status = (await setup.Cli.RunAsync("status", "--json")).Exits(0).Json;

        Assert.Equal((303, "/ui"), ((int)answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Equal(active, chat.Headers.GetValues("x-router-provider").Single());
        Assert.Equal(active, (string?)status["activeProvider"]);
        Assert.Equal(fallbacks, string.Join(',', status["fallbacks"]!.AsArray().Select(fallback => (string?)fallback!["provider"])));
        Assert.Contains($"{active} answers from the next request on", await browser.PageAsync("ui"), StringComparison.Ordinal);
        Assert.DoesNotContain("answers from the next request on", await browser.PageAsync("ui"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "Nobody was chosen.")]
    [InlineData("no-such-one", "", "There is no provider")]
    [InlineData("qwen-proxy", "qwen-proxy", "A provider is named twice.")]
    [InlineData("qwen-proxy", "no-such-one", "There is no provider")]
    [InlineData("qwen-direct", "", "qwen-direct is disabled.")]
    [InlineData("<img src=x onerror=alert(1)>", "", "&lt;img src=x onerror=alert(1)&gt;")]
    public async Task A_choice_that_cannot_be_made_changes_nothing(string provider, string fallback, string problem)
    {
        (await setup.Cli.RunAsync("provider", "disable", "qwen-direct")).Exits(0);
        using var answer = await browser.PostAsync("ui/active", ("provider", provider), ("fallback", fallback));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(problem, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("lm-studio", (string?)(await setup.Cli.RunAsync("status", "--json")).Json["activeProvider"]);
    }

    [Fact]
    public async Task The_page_that_asks_keeps_the_fallbacks_that_there_are()
    {
        (await setup.Cli.RunAsync("set", "lm-studio", "--fallback", "echo,qwen-proxy")).Exits(0);

        var page = await browser.PageAsync("ui/switch/qwen-direct");

        Assert.Equal(["echo", "qwen-proxy"], Selected().Matches(page).Select(match => match.Groups["name"].Value));
        using var unknown = await browser.GetAsync("ui/switch/nobody");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Who_answers_can_stay_and_get_other_fallbacks()
    {
        var page = await browser.PageAsync("ui");
        var form = await browser.PageAsync("ui/switch/lm-studio");
        using var answer = await browser.PostAsync("ui/active", ("provider", "lm-studio"), ("fallback", "echo"));
        var status = (await setup.Cli.RunAsync("status", "--json")).Exits(0).Json;

        Assert.Contains("href=\"/ui/switch/lm-studio\">Choose a fallback</a>", page, StringComparison.Ordinal);
        Assert.Contains("When lm-studio fails", form, StringComparison.Ordinal);
        Assert.Equal(303, (int)answer.StatusCode);
        Assert.Equal(("lm-studio", "echo"), ((string?)status["activeProvider"], (string?)status["fallbacks"]![0]!["provider"]));
    }

    [Fact]
    public async Task Figures_are_those_of_stats_and_the_last_failure_has_its_reason()
    {
        foreach (var model in new[] { "fake-small", "tools", "429", "fake-small" })
        {
            using var chat = await setup.ChatAsync(model, stream: model == "tools");
            _ = await chat.Content.ReadAsStringAsync();
        }

        var stats = (await setup.Cli.RunAsync("stats", "--since", "24h", "--json")).Exits(0).Json;
        var page = await browser.PageAsync("ui");

        Assert.Equal($"{stats["total"]}", FigureIn(page, "requests"));
        Assert.Equal("1", FigureIn(page, "errors"));
        Assert.Equal($"{stats["groups"]![0]!["promptTokens"]}", FigureIn(page, "tokens-in"));
        Assert.Contains("lm-studio answered with an error, status 429.", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("Rate limit reached", page, StringComparison.Ordinal);
        Assert.DoesNotContain("429: ", page, StringComparison.Ordinal);
        Assert.Equal(2, (long)stats["overall"]!["withTokens"]!);
        Assert.Contains("from 2 of 4 requests", page, StringComparison.Ordinal);
        var limited = Regex.Match(await browser.PageAsync("ui?by=model"), "model=429\".*?</tr>", RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Value;
        Assert.EndsWith("<td class=\"n\">–</td><td class=\"n\">–</td><td class=\"n\">–</td>\n<td class=\"n\">–</td>\n</tr>", limited.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("15m", 15, 17)]
    [InlineData("24h", 24, 26)]
    [InlineData("7d", 168, 170)]
    [InlineData("30d", 30, 32)]
    public async Task A_chart_has_a_point_for_each_step_and_all_requests_in_it(string window, int least, int most)
    {
        for (var count = 0; count < 3; count++)
        {
            using var chat = await setup.ChatAsync("fake-small");
        }

        using var answer = await browser.GetAsync($"ui/series?window={window}");
        var columns = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();
        var times = columns[0]!.AsArray().Select(time => (long)time!).ToList();

        Assert.InRange(times.Count, least, most);
        Assert.Equal(times.Order().Distinct(), times);
        Assert.All(columns, column => Assert.Equal(times.Count, column!.AsArray().Count));
        Assert.Equal(3, columns[1]!.AsArray().Sum(count => (long)count!));
        Assert.Contains(columns[3]!.AsArray(), median => median is not null);
    }

    [Fact]
    public async Task Who_switches_is_told_before_the_button_what_is_known_of_the_target()
    {
        (await setup.Cli.RunAsync("provider", "edit", "qwen-proxy", "--base-url", "http://127.0.0.1:9/v1")).Exits(0);
        (await browser.GetAsync("ui/health/qwen-proxy")).Dispose();

        var direct = await browser.PageAsync("ui/switch/qwen-direct");
        var proxy = await browser.PageAsync("ui/switch/qwen-proxy");

        Assert.Contains("no key</span>", direct.Split("<button class=\"primary\"")[0], StringComparison.Ordinal);
        Assert.Contains("QWEN_API_KEY is not set where the server runs.", direct, StringComparison.Ordinal);
        Assert.Contains("does not answer</span>", proxy.Split("<button class=\"primary\"")[0], StringComparison.Ordinal);
        Assert.Contains("Asked just now: qwen-proxy cannot be reached", proxy, StringComparison.Ordinal);
        Assert.Contains(">qwen-direct (no key)</option>", proxy, StringComparison.Ordinal);
        Assert.Contains(">qwen-proxy (does not answer)</option>", direct, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_provider_said_to_the_overview_is_its_last_test()
    {
        (await browser.GetAsync("ui/health/lm-studio")).Dispose();

        var listed = (await browser.PageAsync("ui/providers")).Split("<section").Single(section => section.Contains("aria-label=\"lm-studio\"", StringComparison.Ordinal));
        Assert.Matches("answers, [0-9.]+ m?s</span>\\s*<time [^>]*>just now</time>", listed);
    }

    [Fact]
    public async Task A_replay_that_failed_last_is_called_one()
    {
        using var chat = await setup.ChatAsync("429");
        _ = await chat.Content.ReadAsStringAsync();
        Assert.DoesNotContain(">a replay</span>", await browser.PageAsync("ui"), StringComparison.Ordinal);

        await setup.Cli.RunAsync("replay", "last", "--to", "lm-studio");
        var failure = (await browser.PageAsync("ui")).Split("id=\"failure\"")[1].Split("</section>")[0];

        Assert.Contains(">just now</time>", failure, StringComparison.Ordinal);
        Assert.Contains(">a replay</span>", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_is_asked_how_it_does_and_its_words_are_text()
    {
        using var well = await browser.GetAsync("ui/health/lm-studio");
        await setup.Studio.DisposeAsync();
        (await setup.Cli.RunAsync("provider", "edit", "qwen-proxy", "--base-url", "http://127.0.0.1:9/v1")).Exits(0);
        using var gone = await browser.GetAsync("ui/health/qwen-proxy");
        using var inside = await browser.GetAsync("ui/health/echo");

        Assert.Equal("good", (string?)JsonNode.Parse(await well.Content.ReadAsStringAsync())!["tone"]);
        var told = JsonNode.Parse(await gone.Content.ReadAsStringAsync())!;
        Assert.Equal(("bad", "does not answer"), ((string?)told["tone"], (string?)told["words"]));
        Assert.Contains("127.0.0.1:9", (string?)told["note"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, inside.StatusCode);
    }

    private static string FigureIn(string page, string name) => Regex.Match(page, $"data-figure=\"{name}\">(?<value>[^<]*)<", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value;

    [GeneratedRegex("<option value=\"(?<name>[^\"]*)\" selected", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Selected();
}
