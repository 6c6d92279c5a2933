using Microsoft.Playwright;
using ProviderRouter.Tests.Dashboard.Browser;
using ProviderRouter.Tests.Dashboard.Data;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>Every page in both themes at three widths: axe finds nothing, nothing runs out of the window, and a picture is kept.</summary>
public sealed class LookTests(BrowserRun browser, RichRouter rich) : BrowserTest(browser)
{
    private static readonly int[] Widths = [360, 1280, 2560];

    [Theory]
    [MemberData(nameof(DashboardPages.Names), MemberType = typeof(DashboardPages))]
    public async Task A_page_is_usable_by_all_at_any_width(string name)
    {
        var log = await rich.Made;
        var path = DashboardPages.PathOf(name, log);
        await using var tab = await OpenAsync(log.Url);
        var problems = new List<string>();
        foreach (var (dark, width) in from dark in new[] { false, true } from width in Widths select (dark, width))
        {
            await tab.Page.SetViewportSizeAsync(width, width == 360 ? 740 : 900);
            await tab.Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
            await tab.GoAsync(path, DashboardPages.Status(name));
            await tab.SettledAsync();
            var look = $"{name}-{(dark ? "dark" : "light")}-{width}";
            await tab.KeepScreenshotAsync(look);
            problems.AddRange((await Axe.FindingsAsync(tab.Page)).Concat(await OverflowAsync(tab.Page)).Select(problem => $"{look}: {problem}"));
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    /// <summary>What is wider than the window and lies in nothing that can be scrolled.</summary>
    private static async Task<string[]> OverflowAsync(IPage page) => await page.EvaluateAsync<string[]>("""
        () => {
          const root = document.scrollingElement;
          if (root.scrollWidth <= innerWidth) return [];
          const inScroller = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return true; return false; };
          const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !inScroller(e));
          return [`the page is ${root.scrollWidth} wide: ${wide.slice(-3).map(e => e.outerHTML.slice(0, 160)).join(' ... ')}`];
        }
        """);
}
