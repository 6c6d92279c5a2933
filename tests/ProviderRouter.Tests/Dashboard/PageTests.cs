using Microsoft.Playwright;
using ProviderRouter.Tests.Dashboard.Browser;
using ProviderRouter.Tests.Dashboard.Data;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>Every page opens in a browser without an error, and says what it is.</summary>
public sealed class PageTests(BrowserRun browser, RichRouter rich) : BrowserTest(browser)
{
    [Theory]
    [MemberData(nameof(DashboardPages.Names), MemberType = typeof(DashboardPages))]
    public async Task A_page_of_a_full_log_opens(string name)
    {
        var log = await rich.Made;
        await using var tab = await OpenAsync(log.Url);
        await tab.GoAsync(DashboardPages.PathOf(name, log), DashboardPages.Status(name));

        await IsAPageAsync(tab);
    }

    [Fact]
    public async Task All_pages_of_an_empty_log_open()
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url);
        foreach (var (name, path) in DashboardPages.Always)
        {
            await tab.GoAsync(path, DashboardPages.Status(name));
            await IsAPageAsync(tab);
            await Axe.HasNoFindingsAsync(tab.Page);
            await tab.KeepScreenshotAsync($"empty-{name}");
        }
    }

    [Fact]
    public async Task Whatever_a_link_leads_to_opens()
    {
        var log = await rich.Made;
        await using var tab = await OpenAsync(log.Url);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(["/ui"]);
        while (waiting.TryDequeue(out var path))
        {
            if (seen.Count < 150 && seen.Add(PlaceOf(path)))
            {
                string[] links;
                try
                {
                    links = await LinksOfAsync(tab, path).WaitAsync(BrowserRun.Patience);
                }
                catch (TimeoutException late)
                {
                    throw new TimeoutException($"{path} is not there after {BrowserRun.Patience.TotalSeconds} s.", late);
                }

                Array.ForEach(links, waiting.Enqueue);
            }
        }

        Assert.True(seen.Count > 10, string.Join('\n', seen));
        tab.HasNoIncidents();
    }

    [Fact]
    public async Task A_first_visit_takes_less_than_150_KB()
    {
        var log = await rich.Made;
        await using var tab = await OpenAsync(log.Url);
        var finished = new System.Collections.Concurrent.ConcurrentQueue<IRequest>();
        tab.Page.RequestFinished += (_, request) => finished.Enqueue(request);

        await tab.GoAsync("/ui");
        await tab.SettledAsync();
        var received = 0L;
        foreach (var request in finished)
        {
            var sizes = await request.SizesAsync().WaitAsync(BrowserRun.Patience);
            received += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
        }

        Assert.InRange(received, 10_000, 150_000);
    }

    // What is raw is text, in which a browser runs nothing.
    private static async Task<string[]> LinksOfAsync(Tab tab, string path)
    {
        // 409 says why something cannot be done now.
        var status = await tab.TryAsync(path);
        Assert.True(status is 200 or 409, $"A link leads to {path}, which answers {status}.");
        await IsAPageAsync(tab);
        return await tab.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('a[href^=\"/ui\"]:not([download])')].map(a => a.getAttribute('href').split('#')[0]).filter(h => !h.startsWith('/ui/assets') && !h.includes('/raw/'))");
    }

    /// <summary>One kind of place: ids and names are all the same.</summary>
    private static string PlaceOf(string path)
    {
        var parts = path.Split('?');
        var place = string.Join('/', parts[0].Split('/').Select(part => Guid.TryParse(part, out _) ? "{id}" : part));
        IEnumerable<string> names = parts.Length < 2 ? [] : parts[1].Split('&').Select(pair => pair.Split('=')[0]).Order(StringComparer.Ordinal);
        return $"{place}?{string.Join('&', names)}";
    }

    private static async Task IsAPageAsync(Tab tab)
    {
        await tab.SettledAsync();
        var page = tab.Page;
        var title = await page.TitleAsync();
        var problems = await page.EvaluateAsync<string[]>("""
            () => {
              const problems = [];
              const count = (selector, n) => { const all = document.querySelectorAll(selector); if (all.length !== n) problems.push(`${all.length} ${selector} instead of ${n}`); return all[0]; };
              count('h1', 1); const main = count('main', 1); count('nav[aria-label]:has(a[href="/ui"])', 1);
              if (!document.querySelector('h1')?.textContent.trim()) problems.push('an empty h1');
              const first = document.querySelector('a[href], button, input');
              if (first?.getAttribute('href') !== '#' + main?.id) problems.push('the first link does not lead to the content: ' + first?.outerHTML);
              if (document.documentElement.lang !== 'en') problems.push('no language');
              if (document.compatMode !== 'CSS1Compat') problems.push('quirks mode');
              const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
              const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
              if (twice.length) problems.push('ids that are there twice: ' + twice);
              for (const e of document.querySelectorAll('[aria-labelledby], [aria-describedby], [aria-controls], label[for]'))
                for (const a of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'])
                  for (const id of (e.getAttribute(a) ?? '').split(' ').filter(Boolean)) if (!document.getElementById(id)) problems.push(`${a} leads to no ${id}`);
              return problems;
            }
            """);
        Assert.True(problems.Length == 0, $"{page.Url}: {string.Join("; ", problems)}");
        Assert.EndsWith("Provider Router", title, StringComparison.Ordinal);
        Assert.True(title.Length > "Provider Router".Length + 3, $"{page.Url} has the title '{title}', which does not say what it is.");
        tab.HasNoIncidents();
    }
}
