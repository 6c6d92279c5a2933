using System.Net;
using ProviderRouter.Tests.Access;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard.Pages;

/// <summary>What pages say of a provider's state: its place, its key, whether it was asked; and that every field of its form is kept.</summary>
public sealed class ProviderStateTests
{
    [Fact]
    public async Task Every_field_is_kept_and_a_test_of_what_was_before_is_forgotten()
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        (await new Programs.Cli(open.Folder).RunWithInputAsync("sk-state-1f0a9c3b7d5e2468", "provider", "add", "mine", "--base-url", open.Studio.BaseUrl, "--key-stdin")).Exits(0);
        (await browser.PostAsync("ui/providers/mine/test")).Dispose();
        Assert.Contains("answers, ", await browser.PageAsync("ui/providers/mine/test"), StringComparison.Ordinal);
        Assert.Contains("and so is its stored key", await browser.PageAsync("ui/providers/mine/remove"), StringComparison.Ordinal);
        var seen = (await browser.PageAsync("ui/providers/mine")).Split("name=\"seen\" value=\"")[1].Split('"')[0];
        using var changed = await browser.PostAsync("ui/providers/mine",
            ("seen", seen), ("type", "other"), ("baseUrl", open.Studio.BaseUrl), ("keySource", "none"), ("keyHeader", "x-api-key"), ("query", "api-version=1"), ("defaultModel", "small"), ("keepAlive", "7s"));

        Assert.Equal(303, (int)changed.StatusCode);
        using (var store = open.Database.OpenProviders())
        {
            var now = store.Find("mine")!;
            Assert.Equal(("x-api-key", "api-version=1", "small", TimeSpan.FromSeconds(7), false), (now.Key.Header, now.Query, now.DefaultModel, now.KeepAlive, now.Cancels));
            Assert.Null(now.Key.Sealed);
        }

        Assert.DoesNotContain("answers, ", await browser.PageAsync("ui/providers/mine/test"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_missing_keys_and_who_is_disabled_are_told()
    {
        await using var open = await ClosedRouter.StartWithAsync([], ("OPENAI_API_KEY", "sk-state-0d9e8f7a6b5c4d3e"));
        var browser = new UiBrowser(open.Router);
        (await new Programs.Cli(open.Folder).RunAsync("provider", "add", "mine", "--base-url", open.Studio.BaseUrl, "--key-env", "NOT_SET_ANYWHERE")).Exits(0);
        using (var store = open.Database.OpenProviders())
        {
            store.SetActive("lm-studio", ["echo"]);
        }

        var list = await browser.PageAsync("ui/providers");
        Assert.Contains("fallback 1", list, StringComparison.Ordinal);
        Assert.Contains("NOT_SET_ANYWHERE is not set where the server runs", list, StringComparison.Ordinal);
        Assert.Contains("value=\"variable\" checked", await browser.PageAsync("ui/providers/add?preset=openai"), StringComparison.Ordinal);
        Assert.Contains("/ui/switch/mine", await browser.PageAsync("ui/providers/mine/test"), StringComparison.Ordinal);
        using var health = await browser.GetAsync("ui/health/lm-studio");
        (await browser.PostAsync("ui/providers/mine/disable")).Dispose();
        Assert.DoesNotContain("/ui/switch/mine", await browser.PageAsync("ui/providers/mine/test"), StringComparison.Ordinal);
        using var unasked = await browser.GetAsync("ui/health/mine");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (health.StatusCode, unasked.StatusCode));
    }
}
