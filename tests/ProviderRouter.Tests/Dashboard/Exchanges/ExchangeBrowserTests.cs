using System.Globalization;
using Microsoft.Playwright;
using ProviderRouter.Tests.Dashboard.Browser;

namespace ProviderRouter.Tests.Dashboard.Exchanges;

/// <summary>The page of an exchange, and the comparison, in a real browser.</summary>
public sealed class ExchangeBrowserTests(BrowserRun browser) : BrowserTest(browser)
{
    private const string Chat = "/v1/chat/completions";

    private const string Rich =
        """
        {"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"What is it?\n\n| a | b |\n|---|---|\n| 1 | 2 |"},
          {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="}}]},
         {"role":"assistant","content":null,"reasoning_content":"Hmm","tool_calls":[{"id":"c1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}]},{"role":"tool","tool_call_id":"c1","content":"Sunny"}]}
        """;

    private const string Answer =
        """{"choices":[{"message":{"content":"# Sunny\n\nIt is **sunny**; see `this`, ~~that~~ and [there](https://x.example).\n\n- [x] done\n\n```js\nalert(1)\n```\n\n> quote \u202e","reasoning_content":"why"},"finish_reason":"stop"}]}""";

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, true)]
    [InlineData(2560, false)]
    public async Task Looks_right_at_each_width_and_axe_finds_nothing(int width, bool dark)
    {
        await using var shown = new ShownLog();
        var ok = shown.Add(Chat, Rich, Answer);
        var failed = shown.Add(Chat, Rich, """{"error":{"message":"Too many requests.","type":"rate_limit"}}""", status: 429, answered: answer => answer with { Error = "Too many requests." });
        await shown.StartAsync();
        await using var tab = await OpenAsync(shown.Router.Url, new WindowLook(width, Dark: dark));

        foreach (var (name, path) in new[] { ("exchange", $"/ui/exchanges/{ok}"), ("exchange-failed", $"/ui/exchanges/{failed}"), ("message", $"/ui/exchanges/{ok}/messages/2"), ("compare", $"/ui/compare?a={ok}&b={failed}"), ("compare-form", "/ui/compare") })
        {
            await tab.GoAsync(path);
            // What is folded counts, too.
            await tab.Page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
            await Axe.HasNoFindingsAsync(tab.Page);
            Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than {width}.");
            await tab.KeepScreenshotAsync($"{name}-{width}-{(dark ? "dark" : "light")}");
        }
    }

    [Fact]
    public async Task A_small_window_has_the_facts_folded_and_a_box_is_a_stop_only_where_it_scrolls()
    {
        await using var shown = new ShownLog();
        var id = shown.Add(Chat, Rich, Answer, answered: answer => answer with
        {
            Attempts = $$"""[{"provider":"{{new string('a', 200)}}","outcome":"timeout","startMs":0,"durationMs":100},{"provider":"echo","outcome":"ok","startMs":100,"durationMs":800}]""",
        });
        await shown.StartAsync();
        await using var tab = await OpenAsync(shown.Router.Url, $"/ui/exchanges/{id}", new WindowLook(1280));
        var (facts, box) = (tab.Page.Locator("dl.facts"), tab.Page.Locator(".scroll"));

        await Assertions.Expect(facts).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.Locator("details.about > summary")).ToBeHiddenAsync();
        await Assertions.Expect(box).Not.ToHaveAttributeAsync("tabindex", "0");
        await tab.Page.SetViewportSizeAsync(360, 740);
        await tab.GoAsync($"/ui/exchanges/{id}");
        await Assertions.Expect(facts).ToBeHiddenAsync();
        await Assertions.Expect(tab.Page.Locator("details.about > summary")).ToHaveTextAsync("echo · 900 ms");
        await tab.Page.Locator("details.about > summary").ClickAsync();
        await Assertions.Expect(facts).ToBeVisibleAsync();
        await tab.Page.EvaluateAsync("document.querySelector('.scroll').style.setProperty('width', '8rem')");
        await Assertions.Expect(box).ToHaveAttributeAsync("tabindex", "0");
        await tab.Page.SetViewportSizeAsync(1280, 740);
        await Assertions.Expect(facts).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_paper_there_is_what_was_said_in_light_colours_and_nothing_is_cut_off()
    {
        await using var shown = new ShownLog();
        var id = shown.Add(Chat, Rich.Replace("What is it?", new string('w', 3000), StringComparison.Ordinal), Answer);
        await shown.StartAsync();
        await using var tab = await OpenAsync(shown.Router.Url, $"/ui/exchanges/{id}", new WindowLook(700, Dark: true));
        await tab.Page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });

        await Assertions.Expect(tab.Page.Locator(".message.answer")).ToContainTextAsync("It is sunny");
        await Assertions.Expect(tab.Page.Locator("header, form, button, .raw, nav").Locator("visible=true")).ToHaveCountAsync(0);
        Assert.Equal("rgb(255, 255, 255)", await tab.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor"));
        Assert.Equal("\" (https://x.example)\"", (await tab.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.answer a'), '::after').content")).Replace("/)", ")", StringComparison.Ordinal));
        Assert.True(await tab.Page.EvaluateAsync<bool>("[...document.querySelectorAll('main *')].every(one => one.getBoundingClientRect().right <= innerWidth)"));
        await tab.KeepScreenshotAsync("exchange-on-paper");
    }

    [Fact]
    public async Task A_long_body_comes_when_it_is_opened_and_the_command_can_be_copied()
    {
        await using var shown = new ShownLog();
        var id = shown.Add(Chat, $$"""{"messages":[{"role":"user","content":"{{new string('x', 50_000)}}"}]}""", Answer);
        await shown.StartAsync();
        await using var tab = await OpenAsync(shown.Router.Url, $"/ui/exchanges/{id}");
        await tab.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);

        await tab.Page.Locator("details.raw", new() { HasText = "Request body" }).Locator("summary").ClickAsync();
        await Assertions.Expect(tab.Page.Locator("pre[data-lines]").First).ToContainTextAsync("\"messages\": [");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Copy as curl" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("button[data-copy]")).ToContainTextAsync("Copied");
        Assert.StartsWith("curl '", await tab.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_leads_to_both_answers_and_one_under_way_shows_itself_when_it_is_over()
    {
        await using var setup = await Setup.StartAsync();
        var id = await setup.SendToAsync("lm-studio", "reasoning");
        await using var tab = await OpenAsync(setup.Router.Url, $"/ui/exchanges/{id}");
        await tab.Page.GetByLabel("Provider").SelectOptionAsync("qwen-proxy");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("h1 + .badge")).ToHaveTextAsync("different answers");

        using var left = new CancellationTokenSource();
        using var stalled = await setup.ChatAsync("stall", stream: true, cancellation: left.Token);
        await tab.GoAsync($"/ui/exchanges/{stalled.Headers.GetValues("x-router-request-id").Single()}");
        await Assertions.Expect(tab.Page.Locator(".heading .badge")).ToHaveTextAsync("under way");
        stalled.Dispose();
        await left.CancelAsync();
        await Assertions.Expect(tab.Page.Locator(".heading .badge")).ToHaveTextAsync("client left", new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task A_click_twice_replays_once_and_who_comes_back_can_replay_again()
    {
        await using var setup = await Setup.StartAsync();
        var id = await setup.SendToAsync("lm-studio", "slow");
        await using var tab = await OpenAsync(setup.Router.Url, $"/ui/exchanges/{id}");
        for (var sent = 1; sent <= 2; sent++)
        {
            await tab.Page.GetByLabel("Provider").SelectOptionAsync("qwen-proxy");
            await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).DblClickAsync();
            await tab.ArriveAsync("/ui/compare.*");

            Assert.Equal(sent, setup.Proxy.Requests.Count(request => request.Method == "POST"));
            await tab.Page.GoBackAsync();
        }
    }

    [Fact]
    public async Task A_conversation_of_a_megabyte_is_there_at_once()
    {
        await using var shown = new ShownLog();
        var turns = string.Join(',', Enumerable.Range(1, 61).Select(turn =>
            $$"""{"role":"{{(turn % 2 == 1 ? "user" : "assistant")}}","content":"# Turn {{turn}}\n\n{{string.Concat(Enumerable.Repeat("Some **words** about `things`, and more. ", 420))}}"}"""));
        var many = shown.Add(Chat, $$"""{"messages":[{{turns}}]}""", Answer);
        var one = shown.Add(Chat, $$"""{"messages":[{"role":"user","content":"{{string.Concat(Enumerable.Repeat("Some **words** about `things`, and more. ", 25_000))}}"}]}""", Answer);
        await shown.StartAsync();
        await using var tab = await OpenAsync(shown.Router.Url, "/ui/compare");
        foreach (var id in new[] { many, one, many, one })
        {
            await tab.GoAsync($"/ui/exchanges/{id}");
            var took = await tab.Page.EvaluateAsync<double>("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))");
            TestContext.Current.TestOutputHelper?.WriteLine(took.ToString("0", CultureInfo.InvariantCulture) + " ms");
            // The measure is 500 ms; machines that do other things at the same time take longer.
            Assert.InRange(took, 0, 2500);
        }
    }
}
