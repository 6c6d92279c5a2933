using Microsoft.Playwright;
using ProviderRouter.Tests.Dashboard.Browser;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>Everything can be done with Tab, Enter and the arrow keys, and who does it sees where they are.</summary>
public sealed class KeyboardTests(BrowserRun browser) : BrowserTest(browser)
{
    [Fact]
    public async Task The_provider_is_switched()
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url, "/ui");
        var keys = new Keyboard(tab);

        await keys.FollowAsync("a[href='/ui/switch/qwen-proxy']");
        await tab.Page.WaitForSelectorAsync("dialog[open]");
        await keys.FollowAsync("dialog[open] form[action='/ui/active'] button");
        await tab.Page.WaitForSelectorAsync("#plan strong >> nth=0 >> text='qwen-proxy'");

        Assert.Equal("proxy", await AnsweredByAsync(setup));
    }

    [Fact]
    public async Task A_dialog_keeps_the_focus_and_gives_it_back()
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url, "/ui");
        var keys = new Keyboard(tab);
        await keys.FollowAsync("a[href='/ui/switch/qwen-proxy']");
        await tab.Page.WaitForSelectorAsync("dialog[open]");

        for (var i = 0; i < 12; i++)
        {
            await keys.PressAsync("Tab");
            Assert.True(await tab.Page.EvaluateAsync<bool>("document.activeElement === document.body || !!document.activeElement.closest('dialog[open]')"));
        }

        await keys.PressAsync("Escape");
        Assert.Equal(0, await tab.Page.Locator("dialog[open]").CountAsync());
        Assert.Equal("/ui/switch/qwen-proxy", await tab.Page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
    }

    [Fact]
    public async Task Space_opens_a_dialog_and_the_first_key_in_it_changes_nothing()
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url, "/ui");
        var keys = new Keyboard(tab);
        Assert.Equal("BODY", await tab.Page.EvaluateAsync<string>("document.activeElement.tagName"));

        await keys.ToAsync("a[href='/ui/switch/qwen-proxy']");
        await keys.PressAsync(" ");
        await tab.Page.WaitForSelectorAsync("dialog[open]");
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.activeElement.matches('dialog[open] button.primary')"));
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await tab.Page.WaitForSelectorAsync("#plan strong >> nth=0 >> text='qwen-proxy'");

        Assert.Empty((await setup.Cli.RunAsync("status", "--json")).Exits(0).Json["fallbacks"]!.AsArray());
    }

    [Fact]
    public async Task An_exchange_is_opened()
    {
        await using var setup = await Setup.StartAsync();
        var id = await setup.SendToAsync("echo", "echo", say: "The tide is out.");
        await using var tab = await OpenAsync(setup.Router.Url, "/ui");
        var keys = new Keyboard(tab);

        await keys.FollowAsync($"a[href='/ui/exchanges/{id}']");
        await tab.ArriveAsync($"/ui/exchanges/{id}");

        Assert.Contains("The tide is out.", await tab.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_is_added()
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url, "/ui");
        var keys = new Keyboard(tab);

        await keys.FollowAsync("nav a[href='/ui/providers']");
        await tab.ArriveAsync("/ui/providers");
        await keys.FollowAsync("a[href='/ui/providers/add']");
        await tab.ArriveAsync("/ui/providers/add");
        await keys.FollowAsync("a[href='/ui/providers/add?preset=other']");
        await tab.ArriveAsync(@"/ui/providers/add\?preset=other");
        await keys.TypeAsync("input[name='name']", "attic");
        await keys.TypeAsync("input[name='baseUrl']", setup.Proxy.BaseUrl);
        await keys.PressAsync("Enter");

        await tab.ArriveAsync("/ui/providers/attic/test");
        Assert.Contains("attic", (await setup.Cli.RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Contains("attic", await tab.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_ways_to_a_key_only_the_chosen_one_asks_for_it()
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url, "/ui/providers/add?preset=ollama");
        var (key, variable) = (tab.Page.Locator("#key"), tab.Page.Locator("#keyVariable"));
        Assert.Equal((false, false), (await key.IsVisibleAsync(), await variable.IsVisibleAsync()));
        Assert.Null(await variable.GetAttributeAsync("placeholder"));
        await tab.Page.Locator("[name=keySource][value=none]").FocusAsync();
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal((true, false), (await key.IsVisibleAsync(), await variable.IsVisibleAsync()));
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal((false, true), (await key.IsVisibleAsync(), await variable.IsVisibleAsync()));
    }

    [Fact]
    public async Task A_word_is_searched()
    {
        await using var setup = await Setup.StartAsync();
        var id = await setup.SendToAsync("echo", "echo", say: "The lighthouse keeper sleeps.");
        await using var tab = await OpenAsync(setup.Router.Url, "/ui");
        var keys = new Keyboard(tab);

        await keys.FollowAsync("nav a[href='/ui/search']");
        await tab.ArriveAsync("/ui/search");
        await keys.TypeAsync("main input[type='search']", "lighthouse");
        await keys.PressAsync("Enter");
        await tab.Page.WaitForSelectorAsync("main mark");
        await keys.FollowAsync($"main a[href^='/ui/exchanges/{id}']");

        await tab.ArriveAsync($"/ui/exchanges/{id}.*");
    }

    [Fact]
    public async Task The_skip_link_leads_past_the_navigation()
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url, "/ui");
        var keys = new Keyboard(tab);

        await keys.PressAsync("Tab");
        await keys.FocusIsVisibleAsync();
        await keys.PressAsync("Enter");
        await keys.PressAsync("Tab");

        Assert.True(await tab.Page.EvaluateAsync<bool>("!!document.activeElement.closest('main')"));
    }

    [Theory]
    [MemberData(nameof(DashboardPages.AlwaysNames), MemberType = typeof(DashboardPages))]
    public async Task Focus_is_seen_everywhere_and_gets_out_again(string name)
    {
        await using var setup = await Setup.StartAsync();
        await setup.SendToAsync("echo", "echo");
        await using var tab = await OpenAsync(setup.Router.Url);
        await tab.GoAsync(DashboardPages.Always[name], DashboardPages.Status(name));
        await tab.SettledAsync();

        await new Keyboard(tab).WalkAsync();
    }

    private static async Task<string> AnsweredByAsync(Setup setup)
    {
        using var answer = await setup.ChatAsync("fake-small");
        return answer.Headers.GetValues("x-upstream-name").Single();
    }
}
