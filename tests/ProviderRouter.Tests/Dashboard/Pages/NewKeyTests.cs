using ProviderRouter.Access;
using ProviderRouter.Tests.Access;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard.Pages;

/// <summary>A key that is made on a page opens what was chosen, for as long as was chosen.</summary>
public sealed class NewKeyTests
{
    [Theory]
    [InlineData("client", "", "/v1")]
    [InlineData("admin", "2d", "/ui")]
    public async Task It_opens_what_was_chosen_until_then(string kind, string expires, string leadsTo)
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        using var made = await browser.PostAsync("ui/keys", ("name", "new"), ("kind", kind), ("expires", expires));
        using var keys = open.Database.OpenClientKeys();
        var key = keys.List().Single(one => one.Name == "new");

        Assert.Contains($"{browser.Origin}{leadsTo}<", await made.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(kind == "admin" ? ClientKeyKind.Admin : ClientKeyKind.Client, key.Kind);
        Assert.Equal(expires.Length == 0 ? null : TimeSpan.FromDays(2), key.ExpiresAt - key.CreatedAt);

        (await browser.PostAsync("ui/keys/new/revoke")).Dispose();
        using var asked = await browser.GetAsync("ui/keys/new/revoke");
        Assert.Equal(404, (int)asked.StatusCode);
    }
}
