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
        // What the page before it had asked for, nobody waits for any more.
        page.FrameNavigated += (from, frame) =>
        {
            if (frame == page.MainFrame)
            {
                open.Clear();
            }
        };
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

    public async Task RestsAsync()
    {
        try
        {
            await Eventually.IsAsync("the page has what it asked for", () => open.IsEmpty);
        }
        catch (Exception error)
        {
            throw new TimeoutException($"It has not received {string.Join(", ", open.Keys.Select(request => request.Url))}.", error);
        }
    }
}
