using ProviderRouter.Tests.Dashboard.Browser;
using ProviderRouter.Tests.Dashboard.Data;

namespace ProviderRouter.Tests.Dashboard.Hostile;

/// <summary>Everything that is logged is a stranger's text: none of it runs, loads or leads anywhere on any page, and all of it can be read.</summary>
public sealed class HostileTests(BrowserRun browser, HostileRouter hostile) : BrowserTest(browser)
{
    private static readonly string[] Parameters =
        ["q", "model", "provider", "outcome", "status", "since", "until", "window", "by", "key", "path", "before", "after", "said", "page", "other", "text"];

    public static TheoryData<string> Names => [.. Payloads.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_text_in_an_exchange(string name)
    {
        var made = await hostile.Made;
        var payload = Payloads.All[name];
        await using var tab = await OpenAsync(made.Url);
        foreach (var id in made.Exchanges[name])
        {
            // A picture that is none is not served.
            tab.Expect($"with a status of 404 (Not Found) ({made.Url}ui/exchanges/{id}/media/");
            await tab.GoAsync($"/ui/exchanges/{id}");
            await IsHarmlessAsync(tab);
            var text = await Harmless.TextAsync(tab.Page);
            Assert.True(CountOf(name, text) > 1, $"{tab.Page.Url} shows '{name}' {CountOf(name, text)} times:\n{text[..Math.Min(text.Length, 3000)]}");
            Assert.Contains(payload.Literal, text, StringComparison.Ordinal);
            // What is folded is opened, and what can be pressed without leaving is touched.
            await tab.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            await IsHarmlessAsync(tab);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_text_in_all_that_an_exchange_leads_to(string name)
    {
        var made = await hostile.Made;
        await using var tab = await OpenAsync(made.Url);
        foreach (var id in made.Exchanges[name])
        {
            tab.Expect($"with a status of 404 (Not Found) ({made.Url}ui/exchanges/{id}/media/");
            await tab.GoAsync($"/ui/exchanges/{id}");
            var links = await tab.Page.EvaluateAsync<string[]>("id => [...document.querySelectorAll(`a[href*='${id}']`)].map(a => a.getAttribute('href').split('#')[0])", id);
            foreach (var link in links.Distinct(StringComparer.Ordinal))
            {
                using var answer = await made.Setup.Client.GetAsync(link.TrimStart('/'));
                Assert.Equal("nosniff", answer.Headers.GetValues("x-content-type-options").Single());
                Assert.Contains("default-src 'none'", answer.Headers.GetValues("content-security-policy").Single(), StringComparison.Ordinal);
                Assert.True(answer.Content.Headers.ContentType!.MediaType is "text/html" or "text/plain" or "application/octet-stream" or "application/json", $"{link} is {answer.Content.Headers.ContentType}");
                if (answer.Content.Headers.ContentType.MediaType == "text/html")
                {
                    await tab.TryAsync(link);
                    await IsHarmlessAsync(tab);
                }
            }
        }

        var (talk, failure) = (made.Exchanges[name][0], made.Exchanges[name][1]);
        await tab.GoAsync($"/ui/compare?a={talk}&b={failure}");
        await IsHarmlessAsync(tab);
        Assert.Contains(name, await Harmless.TextAsync(tab.Page), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_text_in_a_search_and_in_every_parameter(string name)
    {
        var made = await hostile.Made;
        var payload = Payloads.All[name];
        await using var tab = await OpenAsync(made.Url);
        var value = Escaped(payload.Line, most: 3_000);
        var everywhere = Escaped(payload.Line, most: 700);
        var all = string.Join('&', Parameters.Select(parameter => $"{parameter}={everywhere}"));
        string[] paths =
        [
            $"/ui/search?q={value}", $"/ui?{all}", $"/ui/live?{all}", $"/ui/search?{all}", $"/ui/stats?{all}", $"/ui/providers?{all}", $"/ui/settings?{all}", $"/ui/compare?a={value}&b={everywhere}",
            $"/ui/{value}", $"/ui/exchanges/{value}", $"/ui/providers/{value}", $"/ui/switch/{value}",
        ];
        foreach (var path in paths)
        {
            var status = await tab.TryAsync(path);
            Assert.True(status is 200 or 400 or 404 or 414 or 431, $"{path[..Math.Min(path.Length, 60)]}: {status}");
            await IsHarmlessAsync(tab);
        }
    }

    [Fact]
    public async Task Lists_statistics_and_providers_show_it_as_text()
    {
        var made = await hostile.Made;
        await using var tab = await OpenAsync(made.Url);
        foreach (var path in new[] { "/ui", "/ui?by=model", "/ui?by=provider", "/ui/live", "/ui/search?q=hpscript", "/ui/search?q=script", "/ui/stats", "/ui/stats?by=model", "/ui/providers", "/ui/providers/hostile", "/ui/settings" })
        {
            await tab.GoAsync(path);
            await IsHarmlessAsync(tab);
        }

        await tab.GoAsync("/ui/stats?by=model");
        Assert.Contains("<script>__pwned('script')</script>", await Harmless.TextAsync(tab.Page), StringComparison.Ordinal);
        await tab.GoAsync("/ui/providers/hostile");
        Assert.Contains("<script>__pwned('note')</script>", await Harmless.TextAsync(tab.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_come_live_are_text()
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url, "/ui/live");
        await using var overview = await OpenAsync(setup.Router.Url, "/ui");
        foreach (var payload in Payloads.All.Values)
        {
            var body = ChatJson.Request(payload.Line, ChatJson.Says("user", payload.Text));
            await setup.PostAsync("/v1/chat/completions/" + Uri.EscapeDataString(payload.Line[..Math.Min(payload.Line.Length, 500)]), body);
            await setup.PostAsync("/v1/chat/completions", body, ("x-router-provider", "lm-studio"), ("x-hostile", "<script>__pwned('header')</script>"));
            // A row is no place for thousands of letters.
            var shown = Named(payload.Literal.Length is > 0 and < 300 ? payload.Literal : payload.Line[..10]);
            await Eventually.IsAsync($"the row says {shown}", async () => (await Harmless.TextAsync(tab.Page)).Contains(shown, StringComparison.Ordinal));
            await IsHarmlessAsync(tab);
        }

        await overview.Page.ReloadAsync();
        await IsHarmlessAsync(overview);
    }

    private static async Task IsHarmlessAsync(Tab tab)
    {
        await tab.SettledAsync();
        await Harmless.IsAsync(tab.Page);
        tab.HasNoIncidents();
        Assert.False((await tab.Page.TitleAsync()).Length > 300, "A title is no place for a whole prompt.");
    }

    /// <summary>As much of it as fits, and no half of a letter.</summary>
    private static string Escaped(string text, int most)
    {
        var escaped = new System.Text.StringBuilder();
        foreach (var letter in text.EnumerateRunes().Select(rune => Uri.EscapeDataString(rune.ToString())).TakeWhile(letter => escaped.Length + letter.Length <= most))
        {
            escaped.Append(letter);
        }

        return escaped.ToString();
    }

    private static int CountOf(string name, string text) => text.Split(name).Length - 1;

    /// <summary>As lists say it: marks of direction by their numbers.</summary>
    private static string Named(string text) => string.Concat(text.Select(letter => letter is >= '\u202a' and <= '\u202e' ? $" U+{(int)letter:X4} " : $"{letter}")).Trim();
}
