using System.Net;
using System.Net.Http;
using ProviderRouter.Tests.Access;

namespace ProviderRouter.Tests.Dashboard.Live;

/// <summary>Who looks, and may no longer.</summary>
public sealed class LiveDoorTests
{
    [Fact]
    public async Task When_the_key_is_revoked_the_feed_ends_and_is_refused_from_then_on()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        closed.Router.Client.DefaultRequestHeaders.Add("authorization", $"Bearer {closed.Keys["admin"]}");
        using var live = await LiveClient.OpenAsync(closed.Router);
        await live.UntilAsync(() => live.Resets == 1);
        using (var keys = closed.Database.OpenClientKeys())
        {
            keys.Revoke("admin");
        }

        await live.DrainAsync().WaitAsync(TimeSpan.FromMinutes(1));

        using var again = await closed.Router.Client.GetAsync("ui/live/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }
}
