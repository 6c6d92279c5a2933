using System.Net;
using System.Net.Http;
using System.Text;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Access;
using ProviderRouter.Gateway.Dashboard.Session;
using ProviderRouter.Tests.Access;

namespace ProviderRouter.Tests.Dashboard.Session;

/// <summary>No other page changes anything by a form of the dashboard's, on loopback either, or shows the dashboard inside of itself.</summary>
public sealed class ForgedRequestTests
{
    private const string Allowed = "http://localhost:5173";

    [Theory]
    [InlineData(200, "sec-fetch-site: none")]
    [InlineData(200, "sec-fetch-site: same-origin")]
    [InlineData(200, "sec-fetch-site: cross-site", "sec-fetch-mode: navigate", "sec-fetch-dest: document")]
    [InlineData(200, "sec-fetch-site: same-site", "sec-fetch-mode: navigate", "sec-fetch-dest: document")]
    [InlineData(200, "host: localhost:9")]
    [InlineData(403, "sec-fetch-site: cross-site", "sec-fetch-mode: navigate", "sec-fetch-dest: iframe")]
    [InlineData(403, "sec-fetch-site: cross-site", "sec-fetch-mode: no-cors", "sec-fetch-dest: image")]
    [InlineData(403, "sec-fetch-site: same-site", "sec-fetch-mode: cors", "sec-fetch-dest: empty")]
    [InlineData(403, "origin: https://evil.example")]
    [InlineData(403, "origin: null")]
    [InlineData(403, $"origin: {Allowed}")]
    [InlineData(403, "host: evil.example")]
    public async Task A_link_leads_to_it_and_nothing_else_of_another_page(int status, params string[] headers)
    {
        await using var open = await StartAsync();
        using var page = await open.SendAsync(HttpMethod.Get, "ui/settings", [.. headers.Select(Pair)]);

        Assert.Equal(status, (int)page.StatusCode == 404 ? 200 : (int)page.StatusCode);
        Assert.DoesNotContain(page.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(303, "origin: OWN")]
    [InlineData(303, "sec-fetch-site: same-origin")]
    [InlineData(303, "origin: OWN", "sec-fetch-site: same-origin")]
    [InlineData(403, "user-agent: a program")]
    [InlineData(403, "sec-fetch-site: none")]
    [InlineData(403, "sec-fetch-site: same-site")]
    [InlineData(403, "origin: OWN", "sec-fetch-site: cross-site")]
    [InlineData(403, "origin: null", "sec-fetch-site: same-origin")]
    [InlineData(403, "origin: https://evil.example")]
    [InlineData(403, "origin: http://127.0.0.1")]
    [InlineData(403, $"origin: {Allowed}")]
    [InlineData(403, "origin: OWN", "host: evil.example")]
    public async Task A_form_must_say_that_it_comes_from_here(int status, params string[] headers)
    {
        await using var open = await StartAsync();
        var browser = new UiBrowser(open.Router);
        var token = await TokenAsync(browser, open);
        using var answer = await browser.PostWithAsync(
            "ui/sign-out", token, [], [.. headers.Select(header => Pair(header.Replace("OWN", browser.Origin, StringComparison.Ordinal)))]);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_page_that_may_use_the_providers_may_not_even_ask_for_the_dashboard()
    {
        await using var open = await StartAsync();
        (string, string)[] question = [("origin", Allowed), ("access-control-request-method", "POST")];
        using var ofProviders = await open.SendAsync(HttpMethod.Options, "v1/chat/completions", question);
        using var ofDashboard = await open.SendAsync(HttpMethod.Options, "ui/settings", question);

        Assert.Equal(HttpStatusCode.NoContent, ofProviders.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, ofDashboard.StatusCode);
        Assert.False(ofDashboard.Headers.Contains("access-control-allow-origin"));
    }

    [Fact]
    public async Task Nobody_else_puts_words_into_the_routers_mouth()
    {
        await using var open = await StartAsync();
        var browser = new UiBrowser(open.Router);
        using var done = await browser.PostAsync("ui/providers/echo/disable");
        var own = browser.Cookies["provider-router-said"];
        var said = await browser.PageAsync("ui/providers");

        Assert.Contains("role=\"status\">echo is disabled", said, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"said\"", await browser.PageAsync("ui/providers"), StringComparison.Ordinal);
        foreach (var forged in new[] { "Type%20your%20key", $"{own[..43]}Type%20your%20key", new string('A', 43) + "Type%20your%20key", own[..43] })
        {
            browser.Cookies["provider-router-said"] = forged;
            Assert.DoesNotContain("class=\"said\"", await browser.PageAsync("ui/providers"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_must_carry_what_this_browser_was_given()
    {
        await using var open = await StartAsync();
        var (browser, other) = (new UiBrowser(open.Router), new UiBrowser(open.Router));
        var (token, othersToken) = (await TokenAsync(browser, open), await TokenAsync(other, open));
        var cookie = browser.Cookies["pr-browser"];

        Assert.NotEqual(token, othersToken);
        foreach (var (shown, shownCookie) in new (string?, string?)[]
            { (null, cookie), ("", cookie), ("x", cookie), (othersToken, cookie), (token + "x", cookie), (token[1..], cookie), (token, null), (token, ""), (token, cookie[1..] + "A"), (token, new string('!', 43)) })
        {
            var forger = new UiBrowser(open.Router);
            if (shownCookie is not null)
            {
                forger.Cookies["pr-browser"] = shownCookie;
            }

            using var answer = await forger.PostWithAsync("ui/sign-out", shown, []);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("nothing was changed. Go back, reload the page, and try again", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var twice = await browser.PostWithAsync("ui/sign-out", token, [("_token", token)]);
        Assert.Equal(HttpStatusCode.Forbidden, twice.StatusCode);
        using var genuine = await browser.PostWithAsync("ui/sign-out", token, []);
        Assert.Equal(303, (int)genuine.StatusCode);
    }

    [Fact]
    public async Task A_form_belongs_to_who_was_signed_in_when_it_was_shown()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        using var keys = closed.Database.OpenClientKeys();
        var other = keys.Make("other", ClientKeyKind.Admin, lifetime: null)!.Value.Text;
        var browser = await new UiBrowser(closed.Router).SignInAsync(closed.Keys["admin"]);
        var token = await browser.TokenAsync();
        (await browser.PostAsync("ui/sign-out")).Dispose();
        await browser.SignInAsync(other);

        using var stale = await browser.PostWithAsync("ui/providers/echo/disable", token, []);
        Assert.Equal(HttpStatusCode.Forbidden, stale.StatusCode);
        using var fresh = await browser.PostAsync("ui/providers/echo/disable");
        Assert.Equal(303, (int)fresh.StatusCode);
    }

    [Theory]
    [InlineData("POST", "application/json", 10, false, 415)]
    [InlineData("POST", "text/plain", 10, false, 415)]
    [InlineData("POST", "multipart/form-data; boundary=x", 10, false, 415)]
    [InlineData("POST", "", 10, false, 415)]
    [InlineData("POST", "application/x-www-form-urlencoded; charset=utf-8", 10, false, 303)]
    [InlineData("POST", "application/x-www-form-urlencoded", 1_050_000, false, 413)]
    [InlineData("POST", "application/x-www-form-urlencoded", 1_050_000, true, 413)]
    [InlineData("POST", "application/x-www-form-urlencoded", -2000, false, 400)]
    [InlineData("PUT", "application/x-www-form-urlencoded", 10, false, 405)]
    [InlineData("DELETE", "application/x-www-form-urlencoded", 10, false, 405)]
    public async Task What_no_form_sends_is_refused(string method, string type, int size, bool chunked, int status)
    {
        await using var open = await StartAsync();
        var browser = new UiBrowser(open.Router);
        var token = await TokenAsync(browser, open);
        var rest = size > 0 ? $"x={new string('y', size)}" : string.Join('&', Enumerable.Range(0, -size).Select(i => $"x{i}=y"));
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes($"_token={token}&{rest}"));
        if (type.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("content-type", type);
        }

        var request = new HttpRequestMessage(new HttpMethod(method), "ui/sign-out") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await browser.SendAsync(request, ("origin", browser.Origin));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("\"ok\"", await open.Router.Client.GetStringAsync("health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_tells_the_browser_to_run_and_show_nothing_of_others()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        var browser = new UiBrowser(closed.Router);
        using var signIn = await browser.GetAsync("ui/sign-in");
        using var toSignIn = await browser.GetAsync("ui");
        using var foreign = await browser.GetAsync("ui", ("origin", "https://evil.example"));
        using var style = await browser.GetAsync("ui/assets/nothing.css");
        using var form = await browser.PostWithAsync("ui/sign-in", token: null, []);
        await browser.SignInAsync(closed.Keys["admin"]);
        using var nothing = await browser.GetAsync("ui/nothing");

        foreach (var answer in new[] { signIn, toSignIn, foreign, style, form, nothing })
        {
            Assert.Equal(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types router-page",
                answer.Headers.GetValues("content-security-policy").Single());
            foreach (var (name, value) in new[] { ("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin"), ("cross-origin-opener-policy", "same-origin"), ("cross-origin-resource-policy", "same-origin"), ("cache-control", "no-store") })
            {
                Assert.Equal(value, answer.Headers.GetValues(name).Single());
            }

            Assert.Contains("camera=()", answer.Headers.GetValues("permissions-policy").Single(), StringComparison.Ordinal);
            Assert.DoesNotMatch("<script(?! type=\"module\" src=)|<style| style=| on[a-z]+=", await answer.Content.ReadAsStringAsync());
        }
    }

    private static async Task<ClosedRouter> StartAsync()
    {
        var open = await ClosedRouter.StartAsync();
        (await new Programs.Cli(open.Folder).RunAsync("config", "set", "http.allowedOrigins", Allowed)).Exits(0);
        return open;
    }

    /// <summary>Made with the server's own secret, for the cookie that the browser was given.</summary>
    private static async Task<string> TokenAsync(UiBrowser browser, ClosedRouter open)
    {
        using var page = await browser.GetAsync("ui/settings");
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = $"pr-browser={browser.Cookies["pr-browser"]}";
        return new FormToken(new SigningKey(open.Database)).For(context, keyName: null);
    }

    private static (string, string) Pair(string header) => (header.Split(": ")[0], header.Split(": ")[1]);
}
