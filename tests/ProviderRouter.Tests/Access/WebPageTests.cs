using System.Net;
using System.Net.Http;

namespace ProviderRouter.Tests.Access;

/// <summary>Web pages that are open in a browser on this machine reach the router, and get nothing from it.</summary>
public sealed class WebPageTests
{
    [Theory]
    [InlineData("host", "evil.example", "host_not_allowed")]
    [InlineData("host", "127.0.0.1.evil.example:3001", "host_not_allowed")]
    [InlineData("host", "localhost.evil.example", "host_not_allowed")]
    [InlineData("host", "notlocalhost", "host_not_allowed")]
    [InlineData("origin", "https://evil.example", "origin_not_allowed")]
    [InlineData("origin", "null", "origin_not_allowed")]
    [InlineData("origin", "http://localhost:5173", "origin_not_allowed")]
    [InlineData("origin", "http://127.0.0.1", "origin_not_allowed")]
    [InlineData("origin", "http://127.0.0.1:OWN.evil.example", "origin_not_allowed")]
    [InlineData("sec-fetch-site", "cross-site", "origin_not_allowed")]
    [InlineData("sec-fetch-site", "same-site", "origin_not_allowed")]
    public async Task A_foreign_page_is_refused_and_on_record(string header, string value, string code)
    {
        await using var open = await ClosedRouter.StartAsync();
        var shown = value.Replace("OWN", $"{open.Router.Url.Port}", StringComparison.Ordinal);
        using var chat = await open.SendAsync((header, shown));
        using var list = await open.SendAsync(HttpMethod.Get, "v1/models", (header, shown));
        using var navigation = await open.SendAsync(HttpMethod.Get, "v1/models", (header, shown), ("sec-fetch-mode", "navigate"));
        using var health = await open.SendAsync(HttpMethod.Get, "health", (header, shown));
        using var nothing = await open.SendAsync(HttpMethod.Get, "nothing", (header, shown));

        foreach (var response in new[] { chat, list, navigation, health, nothing })
        {
            await Refused.WithAsync(response, HttpStatusCode.Forbidden, code);
            Assert.DoesNotContain(response.Headers, name => name.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }

        Assert.All([chat, list, navigation], response => Assert.Equal("rejected", open.Log.Of(response)["outcome"]));
        Assert.Empty(open.Forwarded);
    }

    [Theory]
    [InlineData("host", "localhost:OWN")]
    [InlineData("host", "app.localhost")]
    [InlineData("host", "192.168.7.7:9")]
    [InlineData("host", "[::1]:3001")]
    [InlineData("host", "MACHINE:3001")]
    [InlineData("origin", "http://127.0.0.1:OWN")]
    [InlineData("sec-fetch-site", "same-origin")]
    [InlineData("sec-fetch-site", "none")]
    [InlineData("user-agent", "a program")]
    public async Task What_is_the_routers_own_and_what_is_no_browser_is_served(string header, string value)
    {
        await using var open = await ClosedRouter.StartAsync();
        var shown = value.Replace("OWN", $"{open.Router.Url.Port}", StringComparison.Ordinal)
            .Replace("MACHINE", Environment.MachineName, StringComparison.Ordinal);
        using var response = await open.SendAsync((header, shown));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(response.Headers, name => name.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_name_that_is_allowed_is_served_from_the_next_request_on()
    {
        await using var open = await ClosedRouter.StartAsync();
        using var before = await open.SendAsync(("host", "router.lan:3001"));
        (await new Programs.Cli(open.Folder).RunAsync("config", "set", "http.allowedHosts", "other.lan, Router.LAN")).Exits(0);
        using var after = await open.SendAsync(("host", "router.lan:3001"));

        Assert.Contains("config set http.allowedHosts router.lan", await Refused.WithAsync(before, HttpStatusCode.Forbidden, "host_not_allowed"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task A_page_that_is_allowed_is_told_so_and_sees_the_routers_headers()
    {
        const string Origin = "http://localhost:5173";
        await using var open = await ClosedRouter.StartAsync("--require-key");
        (await new Programs.Cli(open.Folder).RunAsync("config", "set", "http.allowedOrigins", $"https://a.example,{Origin}")).Exits(0);
        (string, string)[] question = [("origin", Origin), ("access-control-request-method", "POST"), ("access-control-request-headers", "authorization,content-type"), ("access-control-request-private-network", "true")];
        using var preflight = await open.SendAsync(HttpMethod.Options, "v1/chat/completions", question);
        using var foreign = await open.SendAsync(HttpMethod.Options, "v1/chat/completions", [("origin", "http://localhost:5174"), .. question[1..]]);
        using var answer = await open.SendAsync(("origin", Origin), ("sec-fetch-site", "same-site"), ("authorization", $"Bearer {open.Keys["laptop"]}"));
        using var keyless = await open.SendAsync(("origin", Origin));

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal("POST", preflight.Headers.GetValues("access-control-allow-methods").Single());
        Assert.Equal("authorization,content-type", preflight.Headers.GetValues("access-control-allow-headers").Single());
        Assert.Equal("true", preflight.Headers.GetValues("access-control-allow-private-network").Single());
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.False(foreign.Headers.Contains("access-control-allow-origin"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("x-router-request-id", answer.Headers.GetValues("access-control-expose-headers").Single(), StringComparison.Ordinal);
        // The page is to read why.
        Assert.Equal(HttpStatusCode.Unauthorized, keyless.StatusCode);
        foreach (var response in new[] { preflight, answer, keyless })
        {
            Assert.Equal(Origin, response.Headers.GetValues("access-control-allow-origin").Single());
            Assert.Contains("origin", string.Join(',', response.Headers.Vary), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Single(open.Forwarded);
    }
}
