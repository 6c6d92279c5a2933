using Microsoft.Playwright;

namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>
/// Notes what must not happen in a window: errors, on the console or thrown; breaches of the content security policy; dialogs; requests to
/// other hosts (which get no answer), tabs and downloads that nobody asked for; and calls of <c>window.__pwned</c>, which hostile text makes where it runs.
/// </summary>
internal sealed class Incidents(Uri router)
{
    private const string ReportBreaches = """
        document.addEventListener('securitypolicyviolation', e => window.__breach(`${e.violatedDirective}: ${e.blockedURI} ${e.sample}`));
        """;

    private readonly Lock access = new();
    private readonly List<string> noted = [];
    private readonly List<string> expected = [];

    /// <summary>What was noted, in the order it came.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (access)
            {
                return [.. noted];
            }
        }
    }

    /// <summary>What of it was not expected.</summary>
    public IReadOnlyList<string> Unexpected
    {
        get
        {
            lock (access)
            {
                return [.. noted.Where(text => !expected.Exists(part => text.Contains(part, StringComparison.Ordinal)))];
            }
        }
    }

    /// <summary>An incident with this in its text is what the test wants.</summary>
    public void Expect(string part)
    {
        lock (access)
        {
            expected.Add(part);
        }
    }

    public async Task WatchAsync(IBrowserContext window)
    {
        await window.ExposeFunctionAsync("__breach", (string what) => Note("policy", what));
        await window.ExposeFunctionAsync("__pwned", (string? what) => Note("hostile text ran", what ?? ""));
        await window.AddInitScriptAsync(ReportBreaches);
        await window.RouteAsync(IsForeign, route => route.AbortAsync());
        window.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Note($"console {message.Type}", $"{message.Text} ({message.Location})");
            }
        };
        window.WebError += (_, error) => Note("error", error.Error);
        window.Dialog += (_, dialog) =>
        {
            Note($"dialog {dialog.Type}", dialog.Message);
            _ = dialog.DismissAsync();
        };
        window.Request += (_, request) =>
        {
            if (IsForeign(request.Url))
            {
                Note("request to another host", request.Url);
            }
        };
    }

    /// <summary>Notes what else a page does; call it for the first page of the window only, as another one is an incident.</summary>
    public void Watch(IPage page)
    {
        page.Popup += (_, popup) => Note("another tab", popup.Url);
        page.Download += (_, download) => Note("download", download.SuggestedFilename);
        page.Crash += (_, _) => Note("crash", page.Url);
        page.WebSocket += (_, socket) => Note("web socket", socket.Url);
    }

    private bool IsForeign(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is not ("data" or "blob" or "about") && uri.Authority != router.Authority;

    private void Note(string kind, string text)
    {
        lock (access)
        {
            noted.Add($"{kind}: {text}");
        }
    }
}
