using System.Net;
using System.Net.Http;
using ProviderRouter.Providers;
using ProviderRouter.Tests.Access;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard.Pages;

/// <summary>Providers are added, changed, tested and removed on pages, by the same rules as elsewhere.</summary>
public sealed class ProviderPagesTests
{
    private const string Key = "sk-page-8d41c0ffee5a4b6e9d13";

    [Fact]
    public async Task A_provider_is_added_from_a_preset_answers_and_its_key_is_never_shown()
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        var form = await browser.PageAsync("ui/providers/add?preset=openai");
        Assert.Contains("value=\"stored\" checked", form, StringComparison.Ordinal);
        Assert.Contains("value=\"https://api.openai.com/v1\"", form, StringComparison.Ordinal);
        Assert.All(ProviderPresets.All, preset => Assert.Contains($"preset={preset.Name}\"", browser.PageAsync("ui/providers/add").Result, StringComparison.Ordinal));

        using var added = await browser.PostAsync("ui/providers/add",
            [("preset", "openai"), .. Fields(open, ("name", "work"), ("keySource", "stored"), ("key", $" {Key} "), ("headers", "X-Team: blue\r\nx-b: 2"), ("aliases", "small = fake-small"), ("idleTimeout", "90s"), ("retries", "2"))]);
        Assert.Equal((303, "/ui/providers/work/test"), ((int)added.StatusCode, added.Headers.Location!.OriginalString));
        var first = await browser.PageAsync("ui/providers/work/test");
        Assert.Contains("work is added, and not active yet.", first, StringComparison.Ordinal);
        Assert.Contains("for its models, with its key.", first, StringComparison.Ordinal);
        Assert.Contains("for its models, without a key.", await browser.PageAsync("ui/providers/lm-studio/test"), StringComparison.Ordinal);
        using var answer = await open.SendAsync(("x-router-provider", "work"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(($"Bearer {Key}", "blue"), (open.Forwarded[^1].Headers["authorization"], open.Forwarded[^1].Headers["x-team"]));

        using var tested = await browser.PostAsync("ui/providers/work/test");
        Assert.Equal(303, (int)tested.StatusCode);
        var test = await browser.PageAsync("ui/providers/work/test");
        Assert.Contains("/ui/switch/work", test, StringComparison.Ordinal);
        Assert.DoesNotContain("/ui/switch/", await browser.PageAsync("ui/providers/lm-studio/test"), StringComparison.Ordinal);
        Assert.Contains("answers, ", test, StringComparison.Ordinal);
        Assert.Contains("<code>fake-small</code>", test, StringComparison.Ordinal);
        var edit = await browser.PageAsync("ui/providers/work");
        Assert.All(["A key is stored", "x-team: blue&#xA;x-b: 2", "small = fake-small", "value=\"90s\"", "value=\"2\"", "value=\"stored\" checked"],
            part => Assert.Contains(part, edit, StringComparison.Ordinal));
        Assert.Contains("stored, encrypted", await browser.PageAsync("ui/providers"), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, browser.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_is_changed_and_what_is_not_typed_stays()
    {
        await using var open = await ClosedRouter.StartWithAsync([], ("STUDIO_KEY", Key));
        var browser = new UiBrowser(open.Router);
        (await new Programs.Cli(open.Folder).RunWithInputAsync(Key, "provider", "add", "mine", "--base-url", open.Studio.BaseUrl, "--key-stdin", "--key-prefix", "Token")).Exits(0);
        var before = Find(open, "mine");
        using var changed = await EditAsync(browser, open, "mine", ("keySource", "stored"), ("key", ""), ("keyPrefix", "Token"), ("note", "a <b>note</b>"));
        Assert.Equal(303, (int)changed.StatusCode);
        var after = Find(open, "mine");
        Assert.Equal(before.Key.Sealed, after.Key.Sealed);
        Assert.Equal(("Token ", "a <b>note</b>"), (after.Key.Prefix, after.Note));
        var list = await browser.PageAsync("ui/providers");
        Assert.Contains("mine is changed", list, StringComparison.Ordinal);
        Assert.Contains("a &lt;b&gt;note&lt;/b&gt;", list, StringComparison.Ordinal);

        using var variable = await EditAsync(browser, open, "mine", ("keySource", "variable"), ("keyVariable", "STUDIO_KEY"));
        Assert.Equal("$STUDIO_KEY", Find(open, "mine").Key.Source);
        using var none = await EditAsync(browser, open, "mine", ("keySource", "none"), ("keyVariable", "STUDIO_KEY"));
        Assert.Equal("none", Find(open, "mine").Key.Source);
        Assert.All([variable, none], answer => Assert.Equal(303, (int)answer.StatusCode));

        // Somebody else was quicker.
        var seen = await SeenAsync(browser, "mine");
        (await new Programs.Cli(open.Folder).RunAsync("provider", "edit", "mine", "--note", "theirs")).Exits(0);
        using var late = await browser.PostAsync("ui/providers/mine", [("seen", seen), .. Fields(open, ("note", "ours"))]);
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
        var page = await late.Content.ReadAsStringAsync();
        Assert.Contains("Somebody changed this provider", page, StringComparison.Ordinal);
        Assert.Contains("value=\"ours\"", page, StringComparison.Ordinal);
        Assert.Equal("theirs", Find(open, "mine").Note);
    }

    [Fact]
    public async Task All_problems_are_told_beside_their_fields_and_what_was_typed_stays_but_for_keys()
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        using var wrong = await browser.PostAsync("ui/providers/add",
            Fields(open, ("name", "Not A Name"), ("baseUrl", "ftp://x"), ("keySource", "stored"), ("key", "two words"), ("headers", $"x-a 1\nauthorization: {Key}\nx-c: kept"), ("aliases", "a=b\na=c"),
                ("idleTimeout", "soon"), ("connectTimeout", "9h"), ("retries", "99"), ("keyVariable", Key), ("query", $"api_key={Key}"), ("note", $"it is {Key}"), ("defaultModel", "<script>alert(1)</script>")));
        var page = await wrong.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        foreach (var (field, message) in new[] { ("name", "lower-case"), ("baseUrl", "base URL must"), ("key", "one line"), ("headers", "NAME: VALUE"), ("aliases", "twice"), ("idleTimeout", "takes a time"), ("connectTimeout", "must be from"), ("retries", "0 to 10"), ("query", "no key"), ("note", "without a key") })
        {
            Assert.Matches($"(?s)id=\"{field}\"[^>]*aria-invalid=\"true\"[^>]*aria-describedby=\"{field}-problem.*id=\"{field}-problem\">[^<]*{message}", page);
        }

        Assert.All(["value=\"Not A Name\"", "value=\"ftp://x\"", "x-c: kept", "value=\"soon\"", "&lt;script&gt;"], part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.DoesNotContain(Key, browser.Seen, StringComparison.Ordinal);
        Assert.DoesNotContain("two words", browser.Seen, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", browser.Seen, StringComparison.Ordinal);
        using var twice = await browser.PostAsync("ui/providers/add", Fields(open, ("name", "echo")));
        Assert.Contains("There is a provider &#x27;echo&#x27; already", await twice.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var unsaid = await browser.PostAsync("ui/providers/add", ("name", "bare"));
        Assert.Contains("Say where its key comes from", await unsaid.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var store = open.Database.OpenProviders();
        Assert.Equal(4, store.List().Count);
    }

    [Fact]
    public async Task Who_answers_is_neither_disabled_nor_removed_and_others_are_after_one_question()
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        using (var store = open.Database.OpenProviders())
        {
            store.SetActive("lm-studio", ["echo"]);
        }

        foreach (var (path, status, words) in new[]
            { ("lm-studio/disable", 409, "lm-studio is active"), ("lm-studio/remove", 409, "lm-studio is active"), ("echo/remove", 409, "echo answers when lm-studio fails"), ("nobody/remove", 404, "no such provider"), ("nobody/disable", 404, "no such provider"), ("nobody/test", 404, "no such provider"), ("nobody", 404, "no such provider"), ("qwen-proxy/disable", 303, ""), ("qwen-direct/remove", 303, "") })
        {
            using var answer = await browser.PostAsync($"ui/providers/{path}");
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
            Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.False(Find(open, "qwen-proxy").Enabled);
        using (var store = open.Database.OpenProviders())
        {
            Assert.Equal(["lm-studio", "qwen-proxy", "echo"], store.List().Select(provider => provider.Name));
        }

        Assert.Contains("Remove qwen-proxy?", await browser.PageAsync("ui/providers/qwen-proxy/remove"), StringComparison.Ordinal);
        using var asked = await browser.GetAsync("ui/providers/lm-studio/remove");
        Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
        using var enabled = await browser.PostAsync("ui/providers/qwen-proxy/enable");
        Assert.True(Find(open, "qwen-proxy").Enabled);
    }

    [Fact]
    public async Task Who_answers_stands_first_and_what_was_disabled_is_enabled_again_with_a_click()
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        using (var store = open.Database.OpenProviders())
        {
            store.SetActive("echo", []);
        }

        using var disabled = await browser.PostAsync("ui/providers/qwen-proxy/disable");
        var list = disabled.Headers.Location!.OriginalString;
        var page = await browser.PageAsync(list[1..]);
        Assert.Equal("echo", page.Split("<section class=\"card\" aria-label=\"")[1].Split('"')[0]);
        Assert.Contains("qwen-proxy is disabled", page, StringComparison.Ordinal);
        Assert.Contains("<button>Enable qwen-proxy again</button>", page, StringComparison.Ordinal);
        // An address that was kept says nothing of what was done long ago.
        Assert.DoesNotContain("again</button>", await browser.PageAsync(list[1..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_fails_says_what_is_wrong_and_never_the_key()
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        using var added = await browser.PostAsync("ui/providers/add", Fields(open, ("name", "add"), ("baseUrl", "http://127.0.0.1:9/v1"), ("keySource", "stored"), ("key", Key)));
        using var tested = await browser.PostAsync("ui/providers/add/test");
        Assert.Equal("/ui/providers/add/test", tested.Headers.Location!.OriginalString);
        Assert.Contains("Is add running on this machine", await browser.PageAsync("ui/providers/add/test"), StringComparison.Ordinal);
        Assert.Contains("failed", await browser.PageAsync("ui/providers"), StringComparison.Ordinal);
        // One that is called like a page is at another address.
        Assert.Contains("href=\"/ui/providers/add/edit\"", await browser.PageAsync("ui/providers"), StringComparison.Ordinal);
        Assert.Contains("Edit add", await browser.PageAsync("ui/providers/add/edit"), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, browser.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_are_markup_are_text()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\"'&";
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        open.Log.Execute($"UPDATE providers SET name = '{Hostile.Replace("'", "''", StringComparison.Ordinal)}', note = '<script>alert(2)</script>', default_model = '</textarea><b>' WHERE name = 'qwen-proxy'");
        var path = Uri.EscapeDataString(Hostile);
        foreach (var page in new[] { "ui/providers", $"ui/providers/{path}", $"ui/providers/{path}/remove", $"ui/providers/{path}/test" })
        {
            Assert.Contains("&lt;img src=x", await browser.PageAsync(page), StringComparison.Ordinal);
        }

        using var disabled = await browser.PostAsync($"ui/providers/{path}/disable");
        using var unknown = await browser.GetAsync("ui/providers/%3Cscript%3Ealert(3)");
        Assert.Equal(303, (int)disabled.StatusCode);
        Assert.Contains("&lt;img src=x", await browser.PageAsync("ui/providers"), StringComparison.Ordinal);
        Assert.DoesNotMatch("<img src=x|<script>|<b>", browser.Seen);
    }

    /// <summary>All fields of a form as a browser sends them, with these in place of what it was filled with.</summary>
    private static (string, string)[] Fields(ClosedRouter open, params (string Name, string Value)[] typed)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = "mine", ["type"] = "other", ["baseUrl"] = open.Studio.BaseUrl, ["keySource"] = "none", ["key"] = "", ["keyVariable"] = "", ["keyHeader"] = "authorization", ["keyPrefix"] = "Bearer",
            ["headers"] = "", ["query"] = "", ["defaultModel"] = "", ["aliases"] = "", ["idleTimeout"] = "", ["connectTimeout"] = "", ["keepAlive"] = "", ["retries"] = "", ["cancels"] = "on", ["note"] = "",
        };
        foreach (var (name, value) in typed)
        {
            all[name] = value;
        }

        return [.. all.Select(pair => (pair.Key, pair.Value))];
    }

    private static async Task<HttpResponseMessage> EditAsync(UiBrowser browser, ClosedRouter open, string name, params (string, string)[] typed) =>
        await browser.PostAsync($"ui/providers/{name}", [("seen", await SeenAsync(browser, name)), .. Fields(open, typed)]);

    private static async Task<string> SeenAsync(UiBrowser browser, string name) =>
        (await browser.PageAsync($"ui/providers/{name}")).Split("name=\"seen\" value=\"")[1].Split('"')[0];

    private static Provider Find(ClosedRouter open, string name)
    {
        using var store = open.Database.OpenProviders();
        return store.Find(name)!;
    }
}
