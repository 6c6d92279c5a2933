using Microsoft.Playwright;

namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>One tab of a window of its own, which knows the router's address and notes what must not happen.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext window;
    private readonly Uri router;
    private readonly Incidents incidents;

    private Tab(IBrowserContext window, IPage page, Uri router, Incidents incidents) =>
        (this.window, Page, this.router, this.incidents) = (window, page, router, incidents);

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

    /// <summary>Goes to a page of the router's; a status of 400 and above fails the test, if it is not the one that is expected.</summary>
    public async Task<IResponse> GoAsync(string path, int status = 200)
    {
        if (status >= 400)
        {
            Expect($"the server responded with a status of {status}");
        }

        var response = await Page.GotoAsync(new Uri(router, path).AbsoluteUri);
        Assert.True(response!.Status == status, $"{path} was answered with {response.Status}, not {status}:\n{await response.TextAsync()}");
        return response;
    }

    /// <summary>An incident with this in its text is what the test wants.</summary>
    public void Expect(string part) => incidents.Expect(part);

    /// <summary>Nothing that must not happen has happened until now.</summary>
    public void HasNoIncidents() => Assert.Empty(Incidents);

    /// <summary>Keeps a picture of the whole page, as high as it is.</summary>
    public Task KeepScreenshotAsync(string name) => Page.ScreenshotAsync(new() { Path = Screenshots.PathOf(name), FullPage = true });

    public async ValueTask DisposeAsync() => await window.CloseAsync();
}
