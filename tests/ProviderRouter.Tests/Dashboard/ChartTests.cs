using ProviderRouter.Tests.Dashboard.Browser;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>Charts fit their room, and stay as they are while that does.</summary>
public sealed class ChartTests(BrowserRun browser) : BrowserTest(browser)
{
    private const string Drawn = "[data-chart=requests] .uplot";

    [Theory]
    [InlineData("document.body.append(Object.assign(document.createElement('div'), { style: 'height: 500px' }))", true)]
    [InlineData("document.body.style.width = '700px'", false)]
    [InlineData("document.documentElement.style.fontSize = '24px'", false)]
    public async Task They_are_drawn_anew_where_their_room_changed(string change, bool stays)
    {
        await using var setup = await Setup.StartAsync();
        await setup.SendToAsync("lm-studio", "fake-small", stream: false, say: "Hello");
        await using var tab = await OpenAsync(setup.Router.Url);
        await tab.Page.Clock.InstallAsync();
        await tab.GoAsync("/ui/stats?by=hour");
        await tab.SettledAsync();
        await WaitOutAsync(tab);
        await tab.Page.EvalOnSelectorAsync(Drawn, "chart => chart.id = 'first'");

        await tab.Page.EvaluateAsync($"() => {{ {change}; }}");
        await WaitOutAsync(tab);

        Assert.Equal(stays, await tab.Page.Locator("#first").CountAsync() == 1);
        Assert.Equal(1, await tab.Page.Locator(Drawn).CountAsync());
    }

    /// <summary>Lets the page see what has changed, and then its timers run out.</summary>
    private static async Task WaitOutAsync(Tab tab)
    {
        await tab.SettledAsync();
        await tab.Page.Clock.FastForwardAsync(1_000);
    }
}
