using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using ProviderRouter.Tests.Access;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>What pages load is kept by browsers for as long as it is the same, and pages answer to what browsers and programs ask besides GET.</summary>
public sealed partial class AssetTests
{
    [Fact]
    public async Task It_is_kept_for_good_by_its_version_and_asked_about_without()
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        var url = Stylesheet().Match(await browser.PageAsync("ui/settings")).Groups["url"].Value[1..];
        using var plain = await browser.GetAsync(url);
        using var packed = await browser.GetAsync(url, ("accept-encoding", "gzip, br"));
        using var refused = await browser.GetAsync(url, ("accept-encoding", "gzip;q=0.5, br;q=0, *"));
        using var unnamed = await browser.GetAsync(url.Split('?')[0]);
        using var known = await browser.GetAsync(url, ("if-none-match", plain.Headers.ETag!.Tag));
        using var head = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));

        Assert.Equal("public, max-age=31536000, immutable", plain.Headers.CacheControl!.ToString().Replace("immutable, public, max-age=31536000", "public, max-age=31536000, immutable", StringComparison.Ordinal));
        Assert.Equal("no-cache", unnamed.Headers.CacheControl!.ToString());
        Assert.All([plain, refused], answer => Assert.Empty(answer.Content.Headers.ContentEncoding));
        Assert.Equal(["br"], packed.Content.Headers.ContentEncoding);
        Assert.All([plain, packed], answer => Assert.Equal(["accept-encoding"], answer.Headers.Vary));
        Assert.True((await packed.Content.ReadAsByteArrayAsync()).Length < (await plain.Content.ReadAsByteArrayAsync()).Length);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Empty(await known.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task A_page_answers_head_and_an_address_with_a_slash_at_its_end()
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        using var page = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, "ui/settings"));
        using var feed = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, "ui/live/events"));
        using var slash = await browser.GetAsync("ui/settings/");

        Assert.All([page, feed, slash], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [GeneratedRegex("href=\"(?<url>/ui/assets/dashboard\\.css\\?v=[0-9a-f]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stylesheet();
}
