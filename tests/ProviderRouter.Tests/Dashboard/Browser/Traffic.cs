using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>What a page has asked for and has not received yet. Event streams, which never end, do not count.</summary>
internal sealed class Traffic
{
    private readonly ConcurrentDictionary<IRequest, bool> open = new();

    public Traffic(IPage page)
    {
        page.Request += (from, request) => open.TryAdd(request, value: true);
        page.RequestFinished += (from, request) => open.TryRemove(request, out _);
        page.RequestFailed += (from, request) => open.TryRemove(request, out _);
        page.Response += (from, response) =>
        {
            if (response.Headers.GetValueOrDefault("content-type", "").StartsWith("text/event-stream", StringComparison.Ordinal))
            {
                open.TryRemove(response.Request, out _);
            }
        };
    }

    public Task RestsAsync() => Eventually.IsAsync("the page has what it asked for", () => open.IsEmpty);
}
