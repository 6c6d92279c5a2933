using Microsoft.Playwright;
using ProviderRouter.Tests.Dashboard.Browser;

namespace ProviderRouter.Bench.Dashboard;

/// <summary>How long pages take in a real browser (headless Chromium), each visit in a window with nothing in its cache.</summary>
internal sealed class BrowserTimes(IPlaywright driver, IBrowser browser) : IAsyncDisposable
{
    /// <summary>
    /// When the largest element was painted, when the page and all that it loads were there, and when the browser had nothing to do for
    /// 50 ms after that, in milliseconds from the begin of the visit.
    /// </summary>
    private const string Measure = """
        () => new Promise(done => {
          let painted = 0;
          new PerformanceObserver(list => { for (const entry of list.getEntries()) painted = entry.startTime; })
            .observe({ type: 'largest-contentful-paint', buffered: true });
          let busyUntil = 0;
          new PerformanceObserver(list => { for (const entry of list.getEntries()) busyUntil = Math.max(busyUntil, entry.startTime + entry.duration); })
            .observe({ type: 'longtask', buffered: true });
          setTimeout(() => {
            const loaded = performance.getEntriesByType('navigation')[0].loadEventEnd;
            done([painted, loaded, Math.max(painted, loaded, busyUntil)]);
          }, 700);
        })
        """;

    /// <summary>Scrolls the list of requests by ten rows a frame, 600 frames long: how long each took, in milliseconds, and last how many rows went by.</summary>
    private const string Scroll = """
        () => new Promise(done => {
          const list = document.querySelector('.live-list');
          const row = list.querySelector('.live-rows [role=row]').offsetHeight;
          const took = [];
          let last = performance.now();
          requestAnimationFrame(function next(now) {
            took.push(now - last);
            last = now;
            list.scrollTop += 10 * row;
            if (took.length <= 600) requestAnimationFrame(next);
            else done([...took.slice(1), list.scrollTop / row]);
          });
        })
        """;

    public static async Task<BrowserTimes> StartAsync()
    {
        var driver = await Playwright.CreateAsync();
        return new(driver, await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Find(), Args = Chromium.Flags, ChromiumSandbox = !Environment.IsPrivilegedProcess,
        }));
    }

    /// <summary>Visits a page so often.</summary>
    public async Task<List<Visit>> VisitAsync(Uri page, int times)
    {
        var visits = new List<Visit>();
        // The first one warms the browser itself.
        for (var visit = 0; visit <= times; visit++)
        {
            await using var window = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
            var tab = await window.NewPageAsync();
            var network = await window.NewCDPSessionAsync(tab);
            double bytes = 0;
            network.Event("Network.loadingFinished").OnEvent += (_, finished) => bytes += finished!.Value.GetProperty("encodedDataLength").GetDouble();
            await network.SendAsync("Network.enable");
            var answer = await tab.GotoAsync(page.AbsoluteUri);
            if (answer?.Ok != true)
            {
                throw new InvalidOperationException($"{page} was answered with {answer?.Status}.");
            }

            var times3 = await tab.EvaluateAsync<double[]>(Measure);
            visits.Add(new(times3[0], times3[1], times3[2], bytes / 1024));
        }

        return visits[1..];
    }

    /// <summary>Scrolls down the list of a page.</summary>
    /// <returns>How long each frame took, in milliseconds, and how many rows went by.</returns>
    public async Task<(double[] Frames, double Rows)> ScrollAsync(Uri page)
    {
        await using var window = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var tab = await window.NewPageAsync();
        await tab.GotoAsync(page.AbsoluteUri);
        await tab.WaitForSelectorAsync(".live-rows [role=row]:nth-child(20)");
        var took = await tab.EvaluateAsync<double[]>(Scroll);
        return (took[..^1], took[^1]);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        driver.Dispose();
    }
}

/// <summary>One visit of a page.</summary>
/// <param name="Painted">When its largest element was painted, in milliseconds.</param>
/// <param name="Loaded">When it and all that it loads at once were there, in milliseconds.</param>
/// <param name="Usable">When, after that, the browser was free again, in milliseconds.</param>
/// <param name="Kilobytes">What came over the wire, headers included.</param>
internal sealed record Visit(double Painted, double Loaded, double Usable, double Kilobytes);
