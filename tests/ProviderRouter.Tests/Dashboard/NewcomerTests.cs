using System.Diagnostics;
using Microsoft.Playwright;
using ProviderRouter.Tests.Dashboard.Browser;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>Somebody who has never seen it and reads no documentation: what they want to know stands on the first page, in its words.</summary>
public sealed class NewcomerTests(BrowserRun browser) : BrowserTest(browser)
{
    [Fact]
    public async Task They_see_what_is_active_what_failed_and_why_and_switch_with_two_clicks()
    {
        await using var setup = await Setup.StartAsync();
        using (await setup.ChatAsync("429"))
        {
        }

        var started = Stopwatch.GetTimestamp();
        await using var tab = await OpenAsync(setup.Router.Url, "/");

        // The bare address leads to the overview.
        Assert.EndsWith("/ui", tab.Page.Url, StringComparison.Ordinal);
        // What is active?
        Assert.Equal("lm-studio", await tab.Page.GetByRole(AriaRole.Region, new() { Name = "Active provider" }).Locator("strong").First.InnerTextAsync());
        // What failed last, and why?
        var failure = tab.Page.GetByRole(AriaRole.Region, new() { Name = "What failed last" });
        Assert.Contains("429", await failure.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Rate limit reached", await failure.InnerTextAsync(), StringComparison.Ordinal);
        await failure.GetByRole(AriaRole.Link, new() { Name = "See this exchange" }).ClickAsync();
        await tab.ArriveAsync("/ui/exchanges/.*");
        Assert.Contains("Rate limit reached", await tab.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        // How is it switched? One click on who is to answer, and one that says yes.
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Region, new() { Name = "Switch to" }).GetByRole(AriaRole.Button, new() { Name = "Switch to qwen-proxy" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Switch to qwen-proxy" }).ClickAsync();
        await tab.Page.WaitForSelectorAsync("[role=status]:has-text('qwen-proxy')");

        using var answer = await setup.ChatAsync("fake-small");
        Assert.Equal("qwen-proxy", answer.Headers.GetValues("x-router-provider").Single());
        TestContext.Current.TestOutputHelper?.WriteLine($"The browser's part of it: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task Why_nobody_answers_is_said_once_and_without_commands()
    {
        await using var setup = await Setup.StartAsync(("LM_STUDIO_BASE_URL", "http://127.0.0.1:9/v1"));
        using (await setup.ChatAsync("any"))
        {
        }

        await using var tab = await OpenAsync(setup.Router.Url, "/");
        var why = await tab.Page.Locator("#failure .why").InnerTextAsync();

        Assert.Equal("lm-studio cannot be reached: nothing listens at 127.0.0.1:9 (connection refused).", why);
    }

    [Fact]
    public async Task Before_the_first_request_they_are_told_how_to_send_one()
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url, "/");

        Assert.Contains(new Uri(setup.Router.Url, "/v1").AbsoluteUri, await tab.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }
}
