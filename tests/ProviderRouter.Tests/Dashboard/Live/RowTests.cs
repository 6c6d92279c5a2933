using System.Globalization;
using Microsoft.Playwright;
using ProviderRouter.Tests.Dashboard.Browser;

namespace ProviderRouter.Tests.Dashboard.Live;

/// <summary>A row of requests leads to its exchange, and says which one it is.</summary>
public sealed class RowTests(BrowserRun browser) : BrowserTest(browser), IAsyncLifetime
{
    private const string Rows = ".live-rows [role=row]";

    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await setup.DisposeAsync();
    }

    [Theory]
    [InlineData("/ui/live", Rows + " > :nth-child(2)")]
    [InlineData("/ui", "#recent tbody td >> nth=0")]
    [InlineData("/ui/search?search=lighthouse", ".hits .excerpt >> nth=0")]
    public async Task A_click_anywhere_in_a_row_opens_it(string path, string place)
    {
        var id = await setup.SendToAsync("echo", "echo", say: "The lighthouse keeper sleeps.");
        var tab = await OpenAsync(setup.Router.Url, path);
        await tab.Page.Locator(place).WaitForAsync();
        // In a tab of its own, with the middle button, too.
        tab.Expect("another tab: ");
        foreach (var click in new LocatorClickOptions[] { new() { Modifiers = [KeyboardModifier.Control] }, new() { Button = MouseButton.Middle } })
        {
            var other = await tab.Page.Context.RunAndWaitForPageAsync(() => tab.Page.Locator(place).ClickAsync(click));
            await other.WaitForSelectorAsync("text=The lighthouse keeper sleeps.");
            Assert.Contains($"/ui/exchanges/{id}", other.Url, StringComparison.Ordinal);
            await other.CloseAsync();
        }

        Assert.EndsWith(path, tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.Locator(place).ClickAsync();
        await tab.ArriveAsync($"/ui/exchanges/{id}.*");
    }

    [Fact]
    public async Task Who_selects_text_of_a_row_stays_where_they_are()
    {
        await setup.SendToAsync("echo", "echo", say: "The lighthouse keeper sleeps.");
        var tab = await OpenAsync(setup.Router.Url, "/ui/live");
        var prompt = tab.Page.Locator(Rows).GetByText("The lighthouse keeper sleeps.");
        var box = (await prompt.BoundingBoxAsync())!;
        await tab.Page.Mouse.MoveAsync(box.X + 5, box.Y + (box.Height / 2));
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(box.X + 120, box.Y + (box.Height / 2), new() { Steps = 5 });
        await tab.Page.Mouse.UpAsync();

        Assert.Contains("lighthouse", await tab.Page.EvaluateAsync<string>("getSelection().toString()"), StringComparison.Ordinal);
        Assert.EndsWith("/ui/live", tab.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ui/live", Rows + " a")]
    [InlineData("/ui", "#recent tbody a")]
    [InlineData("/ui/search?search=Hello", ".hits a")]
    public async Task Links_of_one_moment_are_told_apart_by_their_names(string path, string links)
    {
        await setup.SendToAsync("echo", "one-model");
        await setup.SendToAsync("lm-studio", "429");
        var tab = await OpenAsync(setup.Router.Url, path);
        await Assertions.Expect(tab.Page.Locator(links)).ToHaveCountAsync(2);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = ", one-model, answered" }).WaitForAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = ", 429, provider's error" }).WaitForAsync();
    }

    [Fact]
    public async Task A_replay_is_marked_with_and_without_script()
    {
        var id = await setup.SendToAsync("echo", "asked-once");
        (await setup.Cli.RunAsync("replay", id, "--to", "echo")).Exits(0);
        var tab = await OpenAsync(setup.Router.Url, "/ui/live");
        await tab.Page.Locator(Rows).Nth(1).WaitForAsync();
        Assert.Equal(1, await tab.Page.Locator($"{Rows} .replay:visible").CountAsync());
        Assert.Contains("replay", await tab.Page.Locator(Rows).First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Single((await setup.Client.GetStringAsync("ui/live")).Split("<span class=\"kind\">replay</span>").Skip(1));
    }

    [Fact]
    public async Task On_a_phone_the_list_has_its_headings_names_its_values_and_folds_its_filters()
    {
        for (var i = 0; i < 40; i++)
        {
            await setup.SendToAsync("echo", "echo", stream: i % 2 == 0);
        }

        var tab = await OpenAsync(setup.Router.Url, "/ui/live", new WindowLook(390, 844));
        await tab.Page.Locator(Rows).Nth(5).WaitForAsync();
        Assert.Equal(8, await tab.Page.GetByRole(AriaRole.Columnheader).CountAsync());
        Assert.Matches("[0-9]+ in, [0-9]+ out", await tab.Page.Locator(Rows).Nth(0).InnerTextAsync() + await tab.Page.Locator(Rows).Nth(1).InnerTextAsync());
        await tab.Page.Locator($"{Rows} .stream:visible").First.WaitForAsync();
        Assert.True((await tab.Page.Locator(Rows).First.GetByRole(AriaRole.Link).BoundingBoxAsync())!.Height >= 24);
        var provider = tab.Page.Locator("select[name=provider]");
        Assert.False(await provider.IsVisibleAsync());
        await tab.Page.GetByText("Filters", new() { Exact = true }).ClickAsync();
        Assert.True(await provider.IsVisibleAsync());
        await tab.GoAsync("/ui/live?provider=echo");
        Assert.True(await provider.IsVisibleAsync());
        await Axe.HasNoFindingsAsync(tab.Page);
    }

    [Theory]
    [InlineData("/ui/live")]
    [InlineData("/ui/search")]
    [InlineData("/ui/stats")]
    public async Task Filters_stand_as_Tab_goes_through_them_and_the_button_is_last(string path)
    {
        await setup.SendToAsync("echo", "echo");
        var tab = await OpenAsync(setup.Router.Url, path);
        await tab.Page.GetByText("More filters").ClickAsync();
        var places = await tab.Page.Locator("form[role=search] :is(input:not([type=hidden]), select, summary, button)").And(tab.Page.Locator(":visible")).EvaluateAllAsync<double[][]>(
            "all => all.map(one => one.getBoundingClientRect()).map(box => [box.top, box.left, box.bottom])");
        Assert.True(places.Length > 10);
        // Each is below the one before it, or right of it.
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(
            pair.Second[0] >= pair.First[2] - 1 || pair.Second[1] > pair.First[1],
            string.Create(CultureInfo.InvariantCulture, $"{pair.First[0]}, {pair.First[1]}, then {pair.Second[0]}, {pair.Second[1]}")));
        Assert.Equal(places.Max(place => place[2]), places[^1][2]);
    }

    [Fact]
    public async Task The_list_is_as_high_as_its_rows_and_ends_where_the_window_does()
    {
        await setup.SendToAsync("echo", "echo");
        var tab = await OpenAsync(setup.Router.Url, "/ui/live");
        await tab.Page.Locator(Rows).WaitForAsync();
        var list = tab.Page.Locator(".live-list");
        await Eventually.IsAsync("the list is as high as a row", async () => (await list.BoundingBoxAsync())!.Height < 150);
        for (var i = 0; i < 40; i++)
        {
            await setup.SendToAsync("echo", "echo");
        }

        await Eventually.IsAsync("the list ends where the window does", async () => (await list.BoundingBoxAsync())! is { } box && box.Y + box.Height is > 860 and <= 900);
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight"));
    }
}
