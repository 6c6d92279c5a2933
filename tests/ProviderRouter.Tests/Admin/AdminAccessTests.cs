using System.Net;
using System.Net.Http;
using ProviderRouter.Tests.Access;

namespace ProviderRouter.Tests.Admin;

/// <summary>The router's settings are nobody's but an admin's.</summary>
public sealed class AdminAccessTests
{
    private const string Change = """{"provider":"echo"}""";

    [Theory]
    [InlineData("", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData("nobody's", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData("expired", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData("revoked", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData("laptop", HttpStatusCode.Forbidden, "forbidden")]
    public async Task Where_keys_are_asked_for_only_an_admins_opens_it(string name, HttpStatusCode status, string code)
    {
        await using var closed = await ClosedRouter.StartAsync("--host", "0.0.0.0");
        var admin = new AdminClient(closed.Router, name.Length == 0 ? null : closed.Keys[name]);
        foreach (var (method, path, body) in new[] { ("PUT", "active", Change), ("GET", "status", null), ("GET", "openapi.json", null), ("GET", "nothing", null) })
        {
            using var response = await admin.SendAsync(method, path, body);
            Assert.Contains("provider-cli key create NAME --admin", await Refused.WithAsync(response, status, code), StringComparison.Ordinal);
        }

        Assert.Equal("lm-studio", (string?)(await new AdminClient(closed.Router, closed.Keys["admin"]).GetAsync("active"))!["provider"]);
    }

    [Fact]
    public async Task Where_everybody_may_ask_providers_it_still_takes_an_admins_key()
    {
        await using var anonymous = await ClosedRouter.StartAsync("--host", "0.0.0.0", "--allow-anonymous");
        using var chat = await anonymous.SendAsync();
        using var refused = await new AdminClient(anonymous.Router).SendAsync("PUT", "active", Change);

        Assert.Equal(HttpStatusCode.OK, chat.StatusCode);
        await Refused.WithAsync(refused, HttpStatusCode.Unauthorized, "unauthorized");
        await new AdminClient(anonymous.Router, anonymous.Keys["admin"]).AskAsync("PUT", "active", Change, 200);
    }

    [Theory]
    [InlineData("origin", "https://evil.example", HttpStatusCode.Forbidden, "origin_not_allowed")]
    [InlineData("origin", "null", HttpStatusCode.Forbidden, "origin_not_allowed")]
    [InlineData("host", "evil.example", HttpStatusCode.Forbidden, "host_not_allowed")]
    [InlineData("sec-fetch-site", "cross-site", HttpStatusCode.Forbidden, "origin_not_allowed")]
    [InlineData("content-type", "text/plain", HttpStatusCode.UnsupportedMediaType, "unsupported_media_type")]
    [InlineData("content-type", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, "unsupported_media_type")]
    public async Task On_loopback_it_is_open_but_to_no_web_page(string header, string value, HttpStatusCode status, string code)
    {
        await using var open = await ClosedRouter.StartAsync();
        var admin = new AdminClient(open.Router);
        using var refused = await admin.SendAsync("PUT", "active", Change, (header, value));
        await Refused.WithAsync(refused, status, code);
        Assert.Equal("lm-studio", (string?)(await admin.GetAsync("active"))!["provider"]);

        await admin.AskAsync("PUT", "active", Change, 200);
        Assert.Equal("echo", (string?)(await admin.GetAsync("active"))!["provider"]);
    }
}
