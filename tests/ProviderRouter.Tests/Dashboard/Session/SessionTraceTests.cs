using System.Net;
using ProviderRouter.Access;
using ProviderRouter.Tests.Access;

namespace ProviderRouter.Tests.Dashboard.Session;

/// <summary>Who comes in leaves a trace, which holds no key; and two routers on a machine do not take each other's sessions.</summary>
public sealed class SessionTraceTests
{
    [Fact]
    public async Task Who_signed_in_tried_to_and_changed_something_is_written_without_a_key()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        var wrong = KeyText.Make(ClientKeyKind.Admin);
        var browser = new UiBrowser(closed.Router);
        using var unknown = await browser.PostAsync("ui/sign-in", ("key", wrong));
        using var clients = await browser.PostAsync("ui/sign-in", ("key", closed.Keys["laptop"]));
        await browser.SignInAsync(closed.Keys["admin"]);
        using var changed = await browser.PostAsync("ui/providers/echo/disable");

        foreach (var words in new[] { "was tried there: -.", "was tried there: laptop.", "'admin' signed in to the dashboard.", "admin sent a form of the dashboard to /ui/providers/echo/disable, which was answered with 303." })
        {
            await Eventually.IsAsync(words, () => closed.Router.Errors.Contains(words, StringComparison.Ordinal));
        }

        Assert.All([wrong, closed.Keys["laptop"], closed.Keys["admin"]], key => Assert.DoesNotContain(key, closed.Router.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sessions_of_two_routers_have_different_names()
    {
        await using var one = await ClosedRouter.StartAsync("--require-key");
        await using var other = await ClosedRouter.StartAsync("--require-key");
        var (first, second) = (await new UiBrowser(one.Router).SignInAsync(one.Keys["admin"]), await new UiBrowser(other.Router).SignInAsync(other.Keys["admin"]));

        Assert.NotEqual(first.Session.Key, second.Session.Key);
    }

    [Fact]
    public async Task Who_is_refused_is_told_how_a_key_is_shown()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        using var page = await new UiBrowser(closed.Router).GetAsync("ui/settings", ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty"));

        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (page.StatusCode, page.Headers.WwwAuthenticate.ToString()));
    }
}
