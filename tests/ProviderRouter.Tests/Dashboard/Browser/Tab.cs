using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>One tab of a window of its own, which knows the router's address and notes what must not happen.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext window;
    private readonly Uri router;
    private readonly Incidents incidents;
    private readonly Traffic traffic;

    private Tab(IBrowserContext window, IPage page, Uri router, Incidents incidents)
    {
        (this.window, Page, this.router, this.incidents) = (window, page, router, incidents);
        traffic = new Traffic(page);
    }

    public IPage Page { get; }

    /// <summary>What was noted so far and not expected.</summary>
    public IReadOnlyList<string> Incidents => incidents.Unexpected;

    /// <summary>What was noted so far, expected or not.</summary>
    public IReadOnlyList<string> AllIncidents => incidents.All;

    public static async Task<Tab> OpenAsync(IBrowserContext window, Uri router)
    {
        var watch = new Incidents(router);
        await watch.WatchAsync(window);
        var page = await window.NewPageAsync();
        watch.Watch(page);
        return new Tab(window, page, router, watch);
    }

    /// <summary>Goes to a page of the router's, which must answer with this status.</summary>
    public async Task GoAsync(string path, int status = 200)
    {
        var answered = await TryAsync(path);
        Assert.True(answered == status, $"{path} was answered with {answered}, not {status}: {await Page.InnerTextAsync("main, body >> nth=-1")}");
    }

    /// <summary>Goes to a page of the router's.</summary>
    /// <returns>The status that it answered with.</returns>
    public async Task<int> TryAsync(string path)
    {
        var response = await Page.GotoAsync(new Uri(router, path).AbsoluteUri);
        // The browser says so on its console, too.
        Expect($"with a status of {response!.Status} ({response.StatusText}) ({response.Url}:0:0)");
        return response.Status;
    }

    /// <summary>Waits until the tab is at an address that ends like this, and the page is loaded.</summary>
    /// <remarks>Page.WaitForURLAsync waits for ever for an arrival that falls between its look at the address and its subscription.</remarks>
    public async Task ArriveAsync([StringSyntax(StringSyntaxAttribute.Regex)] string end)
    {
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex($"{end}$", RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 30_000 });
        await LoadedAsync();
    }

    /// <summary>Waits until the page has all that it asked for and has drawn it; event streams go on.</summary>
    public async Task SettledAsync()
    {
        await LoadedAsync();
        await traffic.RestsAsync();
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    private Task<bool> LoadedAsync() =>
        Page.EvaluateAsync<bool>("() => document.readyState === 'complete' || new Promise(done => addEventListener('load', () => done(true)))");

    /// <summary>An incident with this in its text is what the test wants.</summary>
    public void Expect(string part) => incidents.Expect(part);

    /// <summary>Nothing that must not happen has happened until now.</summary>
    public void HasNoIncidents() => Assert.Empty(Incidents);

    /// <summary>Keeps a picture of the whole page, as high as it is.</summary>
    public Task KeepScreenshotAsync(string name) => Page.ScreenshotAsync(new() { Path = Screenshots.PathOf(name), FullPage = true });

    /// <exception cref="TimeoutException">The browser does not close it.</exception>
    public async ValueTask DisposeAsync() => await window.CloseAsync().WaitAsync(BrowserRun.Patience);
}
