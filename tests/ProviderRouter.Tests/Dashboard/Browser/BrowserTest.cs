namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>
/// A class of tests that look at the router's pages. When one ends, what its tabs noted and did not expect fails it, beside anything else
/// that did.
/// </summary>
public abstract class BrowserTest(BrowserRun browser) : IAsyncDisposable
{
    private readonly List<Tab> tabs = [];

    /// <summary>A tab in a window of its own; dispose it before the router, whose end it would note.</summary>
    internal async Task<Tab> OpenAsync(Uri router, WindowLook? look = null)
    {
        var tab = await Tab.OpenAsync(await browser.OpenContextAsync(look ?? new()), router);
        tabs.Add(tab);
        return tab;
    }

    /// <summary>The same, with this page of the router's in it.</summary>
    internal async Task<Tab> OpenAsync(Uri router, string path, WindowLook? look = null)
    {
        var tab = await OpenAsync(router, look);
        await tab.GoAsync(path);
        return tab;
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var tab in tabs)
        {
            await tab.DisposeAsync();
        }

        GC.SuppressFinalize(this);
        var incidents = tabs.SelectMany(tab => tab.Incidents).ToList();
        Assert.True(incidents.Count == 0, $"The browser noted what must not happen:\n  {string.Join("\n  ", incidents)}");
    }
}
