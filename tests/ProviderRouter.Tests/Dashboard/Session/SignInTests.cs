using System.Net;
using System.Net.Http;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Access;
using ProviderRouter.Gateway.Dashboard.Session;
using ProviderRouter.Tests.Access;

namespace ProviderRouter.Tests.Dashboard.Session;

/// <summary>Where keys are asked for, the dashboard is an admin's.</summary>
public sealed class SignInTests
{
    [Theory]
    [InlineData("--require-key")]
    [InlineData("--host", "0.0.0.0")]
    [InlineData("--host", "0.0.0.0", "--allow-anonymous")]
    public async Task Without_an_admin_key_there_is_only_the_sign_in_page(params string[] arguments)
    {
        await using var closed = await ClosedRouter.StartAsync(arguments);
        var browser = new UiBrowser(closed.Router);
        using var page = await browser.GetAsync("ui/providers?x=1&y=//z");
        using var upper = await browser.GetAsync("UI/providers");
        using var like = await browser.GetAsync("ui/SIGN-IN");
        using var feed = await browser.GetAsync("ui/live/events", ("sec-fetch-mode", "cors"), ("accept", "text/event-stream"));
        using var change = await browser.PostWithAsync("ui/providers/echo/disable", await browser.TokenAsync(), []);
        using var style = await browser.GetAsync("ui/assets/dashboard.css");

        Assert.Equal((303, "/ui/sign-in?to=%2Fui%2Fproviders%3Fx%3D1%26y%3D%2F%2Fz"), ((int)page.StatusCode, page.Headers.Location!.OriginalString));
        Assert.Equal(303, (int)upper.StatusCode);
        Assert.Equal(303, (int)like.StatusCode);
        await Refused.WithAsync(feed, HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal(HttpStatusCode.Unauthorized, change.StatusCode);
        Assert.Contains("Nothing was changed", await change.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual(303, (int)style.StatusCode);
        Assert.NotEqual(401, (int)style.StatusCode);
        Assert.Matches("<input[^>]*type=\"password\"[^>]*autocomplete=\"current-password\"", await browser.PageAsync("ui/sign-in"));
    }

    [Theory]
    [InlineData("/ui/providers?page=2", "/ui/providers?page=2")]
    [InlineData("", "/ui")]
    [InlineData("//evil.example/ui", "/ui")]
    [InlineData("https://evil.example/ui", "/ui")]
    [InlineData("/\\evil.example/ui", "/ui")]
    [InlineData("/\t/evil.example/ui", "/ui")]
    [InlineData("javascript:alert(1)", "/ui")]
    [InlineData("/ui/../v1/models", "/ui")]
    [InlineData("/ui/%2e%2e/admin/api/status", "/ui")]
    [InlineData("/uix", "/ui")]
    [InlineData("/ui/sign-out", "/ui")]
    [InlineData("/ui/sign-in", "/ui")]
    [InlineData("/ui/assets/dashboard.css", "/ui")]
    [InlineData("/ui/x\r\nset-cookie: a=b", "/ui/x%0D%0Aset-cookie:%20a=b")]
    public async Task An_admin_key_leads_to_where_one_wanted_to_go_and_nowhere_else(string to, string place)
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        var browser = new UiBrowser(closed.Router);
        using var answer = await browser.PostAsync("ui/sign-in", ("key", $" {closed.Keys["admin"]}\n"), ("to", to));

        Assert.Equal((303, place), ((int)answer.StatusCode, answer.Headers.Location!.OriginalString));
        var cookie = answer.Headers.GetValues("set-cookie").Single(set => set.StartsWith("pr-session-", StringComparison.Ordinal));
        Assert.EndsWith("; max-age=43200; path=/ui; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(closed.Keys["admin"], browser.Seen, StringComparison.Ordinal);
        using var page = await browser.GetAsync("ui/nothing");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        using var again = await browser.GetAsync("ui/sign-in");
        Assert.Equal("/ui", again.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("nobody's", "none of this router")]
    [InlineData("expired", "expired at")]
    [InlineData("old admin", "&#x27;old admin&#x27; expired at")]
    [InlineData("revoked admin", "was revoked")]
    [InlineData("laptop", "is a client")]
    [InlineData("empty", "Type an admin key")]
    [InlineData("long", "none of this router")]
    [InlineData("markup", "none of this router")]
    public async Task A_key_that_does_not_open_it_is_told_why_and_never_repeated(string name, string message)
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        MakeAdmins(closed);
        (closed.Keys["empty"], closed.Keys["long"], closed.Keys["markup"]) = (" ", new string('k', 500_000), "<script>alert(1)</script>");
        var browser = new UiBrowser(closed.Router);
        using var answer = await browser.PostAsync("ui/sign-in", ("key", closed.Keys[name]), ("to", "/ui/providers"));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.Contains("value=\"/ui/providers\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", text, StringComparison.Ordinal);
        Assert.True(name == "empty" || !text.Contains(closed.Keys[name], StringComparison.Ordinal));
        Assert.DoesNotContain(browser.Cookies.Keys, cookie => cookie.StartsWith("pr-session-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_ends_with_its_key_and_does_not_come_back_with_another_of_its_name()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        var browser = await new UiBrowser(closed.Router).SignInAsync(closed.Keys["admin"]);
        var cli = new Programs.Cli(closed.Folder);
        (await cli.RunAsync("key", "revoke", "admin")).Exits(0);
        using var revoked = await browser.GetAsync("ui/nothing");
        (await cli.RunAsync("key", "create", "admin", "--admin")).Exits(0);
        using var replaced = await browser.GetAsync("ui/nothing");

        Assert.Contains("was revoked", await revoked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.All([revoked, replaced], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.Contains("was revoked", await browser.PageAsync("ui/sign-in"), StringComparison.Ordinal);

        MakeAdmins(closed, expired: false);
        var other = await new UiBrowser(closed.Router).SignInAsync(closed.Keys["old admin"]);
        closed.Log.Execute("UPDATE client_keys SET expires_at = unixepoch() - 1 WHERE name = 'old admin'");
        using var expired = await other.GetAsync("ui/nothing");
        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
    }

    [Fact]
    public async Task A_cookie_that_was_forged_changed_or_is_too_old_opens_nothing()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        var browser = await new UiBrowser(closed.Router).SignInAsync(closed.Keys["admin"]);
        var (name, value) = browser.Session;
        var parts = value.Split('.');
        using var keys = closed.Database.OpenClientKeys();
        var old = new DefaultHttpContext();
        new UiSession(new SigningKey(closed.Database)).Begin(old, keys.List().Single(key => key.Name == "admin"), TimeProvider.System.GetUtcNow().AddHours(-12.01));
        var ofOld = old.Response.Headers.SetCookie.ToString().Split(';')[0].Split('=', 2);

        Assert.Equal(name, ofOld[0]);
        string[] forged =
        [
            "", "x", "..", "...", new string('.', 3000), ofOld[1], $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}.{new string('A', 43)}",
            $"{parts[0]}.{long.Parse(parts[1]) + 1}.{parts[2]}", $"{parts[0]}.99999999999999999999.{parts[2]}", $"bGFwdG9w.{parts[1]}.{parts[2]}",
            $"{parts[0]}.+{parts[1]}.{parts[2]}", $"{value}.", $"%00{value}", $"{parts[0]}.{parts[1]}.{parts[2][..^1]}",
        ];
        foreach (var each in forged)
        {
            browser.Cookies[name] = each;
            using var answer = await browser.GetAsync("ui/nothing");
            Assert.True((int)answer.StatusCode is 303 or 401, $"{each}: {(int)answer.StatusCode}");
        }

        browser.Cookies[name] = value;
        using var genuine = await browser.GetAsync("ui/nothing");
        Assert.Equal(HttpStatusCode.NotFound, genuine.StatusCode);
    }

    [Fact]
    public async Task Sessions_and_forms_survive_a_restart_and_signing_out_ends_one()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        var browser = await new UiBrowser(closed.Router).SignInAsync(closed.Keys["admin"]);
        var token = new FormToken(new SigningKey(closed.Database)).For(ContextOf(browser), "admin");
        await closed.Router.DisposeAsync();
        await using var again = await Router.StartAsync(closed.Folder, ["--require-key"], ("LM_STUDIO_BASE_URL", closed.Studio.BaseUrl));
        var later = browser.At(again);
        using var page = await later.GetAsync("ui/nothing");
        using var byLink = await later.GetAsync("ui/sign-out");
        using var without = await later.PostWithAsync("ui/sign-out", token: null, []);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, byLink.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, without.StatusCode);
        Assert.Equal(2, later.Cookies.Count);
        using var left = await later.PostWithAsync("ui/sign-out", token, []);
        Assert.Equal((303, "/ui/sign-in"), ((int)left.StatusCode, left.Headers.Location!.OriginalString));
        using var after = await later.GetAsync("ui/nothing");
        Assert.Equal(303, (int)after.StatusCode);
        Assert.Equal("-rw-------", ModeOf(closed.Database.Vault.Path));
    }

    [Fact]
    public async Task A_program_shows_its_key_in_a_header()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        using var admin = await closed.SendAsync(HttpMethod.Get, "ui/nothing", ("authorization", $"Bearer {closed.Keys["admin"]}"));
        using var client = await closed.SendAsync(HttpMethod.Get, "ui/nothing", ("authorization", $"Bearer {closed.Keys["laptop"]}"));
        using var inUrl = await closed.SendAsync(HttpMethod.Get, $"ui/nothing?key={closed.Keys["admin"]}", ("authorization", $"Bearer {closed.Keys["admin"]}"));
        using var proxys = await closed.SendAsync(HttpMethod.Get, "ui/nothing", ("authorization", "Basic eDp5"));

        Assert.Equal(HttpStatusCode.NotFound, admin.StatusCode);
        await Refused.WithAsync(client, HttpStatusCode.Unauthorized, "unauthorized");
        await Refused.WithAsync(inUrl, HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal(303, (int)proxys.StatusCode);
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_the_right_key_still_gets_in()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        var browser = new UiBrowser(closed.Router);
        var token = await browser.TokenAsync();
        var began = TimeProvider.System.GetTimestamp();
        var guesses = Enumerable.Range(0, 40)
            .Select(_ => browser.PostWithAsync("ui/sign-in", token, [("key", KeyText.Make(ClientKeyKind.Admin))])).ToList();
        await Eventually.IsAsync("some are turned away", () => guesses.Exists(guess => guess.IsCompleted));
        using var right = await new UiBrowser(closed.Router).PostAsync("ui/sign-in", ("key", closed.Keys["admin"]));
        var answers = await Task.WhenAll(guesses);

        Assert.Equal(303, (int)right.StatusCode);
        Assert.InRange(answers.Count(answer => (int)answer.StatusCode == 429), 1, 24);
        Assert.All(answers, answer => Assert.True((int)answer.StatusCode is 403 or 429));
        Assert.All(answers.Where(answer => (int)answer.StatusCode == 429), answer => Assert.Equal("1", answer.Headers.RetryAfter?.ToString()));
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(900));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    [InlineData("", false)]
    public async Task Behind_tls_cookies_are_for_tls_alone(string protocol, bool secure)
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        var browser = new UiBrowser(closed.Router);
        using var page = await browser.GetAsync("ui/sign-in", ("x-forwarded-proto", protocol));

        Assert.Equal(secure, page.Headers.GetValues("set-cookie").Single().Contains("; secure", StringComparison.Ordinal));
    }

    private static void MakeAdmins(ClosedRouter closed, bool expired = true)
    {
        using (var keys = closed.Database.OpenClientKeys())
        {
            closed.Keys["old admin"] = keys.Make("old admin", ClientKeyKind.Admin, TimeSpan.FromDays(1))!.Value.Text;
            closed.Keys["revoked admin"] = keys.Make("revoked admin", ClientKeyKind.Admin, lifetime: null)!.Value.Text;
            keys.Revoke("revoked admin");
        }

        if (expired)
        {
            closed.Log.Execute("UPDATE client_keys SET expires_at = unixepoch() - 1 WHERE name = 'old admin'");
        }
    }

    private static DefaultHttpContext ContextOf(UiBrowser browser)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = $"pr-browser={browser.Cookies["pr-browser"]}";
        return context;
    }

    private static string ModeOf(string file) => OperatingSystem.IsWindows() ? "-rw-------"
        : File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite) ? "-rw-------" : $"{File.GetUnixFileMode(file)}";
}
