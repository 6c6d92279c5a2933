using System.Net;
using System.Text.RegularExpressions;
using ProviderRouter.Settings;
using ProviderRouter.Tests.Access;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard.Pages;

/// <summary>Settings and the keys of clients, on pages.</summary>
public sealed partial class SettingPagesTests
{
    [Fact]
    public async Task Each_setting_is_shown_changed_and_brought_back()
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        var page = await browser.PageAsync("ui/settings");
        Assert.All(SettingList.All, setting => Assert.Matches($"for=\"{Regex.Escape(setting.Key)}-value\">[A-Z][^<]+ <code class=\"key\">{Regex.Escape(setting.Key)}</code>", page));

        using var set = await browser.PostAsync("ui/settings/audit.maxBody", ("value", " 1024KB "));
        Assert.Equal((303, "/ui/settings#audit.maxBody"), ((int)set.StatusCode, set.Headers.Location!.OriginalString));
        page = await browser.PageAsync("ui/settings");
        Assert.Contains("Largest body kept (audit.maxBody) is 1MB from the next request on", page, StringComparison.Ordinal);
        Assert.Contains("id=\"audit.maxBody-value\" name=\"value\" value=\"1MB\"", page, StringComparison.Ordinal);
        using var hosts = await browser.PostAsync("ui/settings/http.allowedHosts", ("value", "router.lan"));
        using var byName = await open.SendAsync(("host", "router.lan:3001"));
        Assert.Equal(HttpStatusCode.OK, byName.StatusCode);
        using var reset = await browser.PostAsync("ui/settings/audit.maxBody/reset");
        Assert.Equal(303, (int)reset.StatusCode);
        Assert.Contains("id=\"audit.maxBody-value\" name=\"value\" value=\"16MB\"", await browser.PageAsync("ui/settings"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_come_first_and_each_group_is_a_click_away()
    {
        await using var open = await ClosedRouter.StartAsync();
        var page = await new UiBrowser(open.Router).PageAsync("ui/settings");
        var groups = Contents().Matches(page.Split("aria-label=\"On this page\"")[1].Split("</nav>")[0]).Select(match => match.Value).ToList();

        Assert.Equal(["retention", "audit", "fallback", "http", "keys"], groups);
        var places = groups.ConvertAll(group => page.IndexOf($"id=\"{group}\"", StringComparison.Ordinal));
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Theory]
    [InlineData("audit.maxBody", "plenty", 400)]
    [InlineData("audit.maxBody", "", 400)]
    [InlineData("audit.durability", "<script>", 400)]
    [InlineData("retention.bodiesBefore", "1M", 400)]
    [InlineData("http.allowedOrigins", "javascript:alert(1)", 400)]
    [InlineData("audit.spoolFolder", "/proc/none/such", 400)]
    [InlineData("audit.nothing", "1", 404)]
    [InlineData("active_provider", "echo", 404)]
    public async Task What_is_not_allowed_is_told_beside_its_field_and_changes_nothing(string key, string value, int status)
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        using var wrong = await browser.PostAsync($"ui/settings/{key}", ("value", value));
        var page = await wrong.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)wrong.StatusCode);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        if (status == 400)
        {
            Assert.Contains($"id=\"{key}-value-problem\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain($"{key} takes", page, StringComparison.Ordinal);
            Assert.Single(AriaInvalid().Matches(page));
            Assert.Contains($"look at <a href=\"#{key}-value\">", page, StringComparison.Ordinal);
        }

        using var store = open.Database.OpenSettings();
        Assert.Null(store.Get(key) is "lm-studio" ? null : store.Get(key));
    }

    [Fact]
    public async Task What_would_remove_something_is_asked_once()
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        using var nothingYet = await browser.PostAsync("ui/settings/retention.recordsBefore", ("value", "30d"));
        Assert.Equal(303, (int)nothingYet.StatusCode);
        using var reset = await browser.PostAsync("ui/settings/retention.recordsBefore/reset");
        using (var past = new PastLog(open.Folder))
        {
            past.Add(TimeSpan.FromDays(40), "an old question", "an old answer");
        }

        using var asked = await browser.PostAsync("ui/settings/retention.recordsBefore", ("value", "20d"));
        var question = await asked.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Contains("The server removes ", question, StringComparison.Ordinal);
        using (var store = open.Database.OpenSettings())
        {
            Assert.Null(store.Get("retention.recordsBefore"));
        }

        using var confirmed = await browser.PostAsync("ui/settings/retention.recordsBefore", ("value", "20d"), ("confirmed", "yes"));
        Assert.Equal(303, (int)confirmed.StatusCode);
        using var after = open.Database.OpenSettings();
        Assert.Equal("20d", after.Get("retention.recordsBefore"));
    }

    [Fact]
    public async Task A_key_is_shown_once_opens_and_is_taken_back()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        var browser = await new UiBrowser(closed.Router).SignInAsync(closed.Keys["admin"]);
        using var made = await browser.PostAsync("ui/keys", ("name", "phone"), ("kind", "client"), ("expires", "30d"));
        var key = Key().Match(await made.Content.ReadAsStringAsync()).Value;
        Assert.Equal((HttpStatusCode.OK, "no-store"), (made.StatusCode, made.Headers.CacheControl!.ToString()));
        using var answer = await closed.SendAsync(("authorization", $"Bearer {key}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await browser.PageAsync("ui/settings");
        Assert.Contains("phone", page, StringComparison.Ordinal);
        Assert.DoesNotContain(key, page, StringComparison.Ordinal);

        foreach (var (name, kind, expires, words) in new[] { ("phone", "client", "", "already"), ("Not A Name", "client", "", "such as work-laptop"), ("x", "client", "soon", "an age from"), ("", "admin", "", "such as work-laptop"), ("x", "root", "", " or an admin") })
        {
            using var wrong = await browser.PostAsync("ui/keys", ("name", name), ("kind", kind), ("expires", expires));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            Assert.Contains(words, await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("Revoke the key phone?", await browser.PageAsync("ui/keys/phone/revoke"), StringComparison.Ordinal);
        Assert.Contains("you will be signed out", await browser.PageAsync("ui/keys/admin/revoke"), StringComparison.Ordinal);
        using var revoked = await browser.PostAsync("ui/keys/phone/revoke");
        using var refused = await closed.SendAsync(("authorization", $"Bearer {key}"));
        Assert.Equal((303, HttpStatusCode.Unauthorized), ((int)revoked.StatusCode, refused.StatusCode));
        using var again = await browser.PostAsync("ui/keys/phone/revoke");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);

        using var own = await browser.PostAsync("ui/keys/admin/revoke");
        Assert.Equal(303, (int)own.StatusCode);
        using var out_ = await browser.GetAsync("ui/settings");
        Assert.Equal(HttpStatusCode.Unauthorized, out_.StatusCode);
    }

    [Fact]
    public async Task A_key_tells_how_often_it_was_used_and_leads_there()
    {
        await using var closed = await ClosedRouter.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await closed.SendAsync(("authorization", $"Bearer {closed.Keys["laptop"]}"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var browser = new UiBrowser(closed.Router);
        var row = Row().Matches(await browser.PageAsync("ui/settings")).Single(match => match.Value.Contains(">laptop<", StringComparison.Ordinal)).Value;

        Assert.Contains("<a href=\"/ui/live?since=30d&amp;key=laptop\">2<", row, StringComparison.Ordinal);
        Assert.Equal(3, row.Split("<time ").Length - 1);
        Assert.Contains(">laptop<", await browser.PageAsync("ui/stats?by=key&since=30d&key=laptop"), StringComparison.Ordinal);
    }

    [GeneratedRegex("<tr><th scope=\"row\">.*?</tr>", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex("(?<=href=\"#)[a-z]+(?=\")", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Contents();

    [GeneratedRegex("aria-invalid=\"true\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AriaInvalid();

    [GeneratedRegex("pr-[A-Za-z0-9_-]{43}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
