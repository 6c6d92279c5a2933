namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>What all other tests in a browser rely on.</summary>
public sealed class BrowserTests(BrowserRun browser) : BrowserTest(browser)
{
    private const string Strict = "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'\r\n";

    [Theory]
    [InlineData("", "<script>throw new Error('boom')</script>", "error: ", "boom")]
    [InlineData("", "<script>Promise.reject(new Error('later'))</script>", "error: ", "later")]
    [InlineData("", "<script>console.error('wrong')</script>", "console error: wrong")]
    [InlineData("", "<script>alert('hello')</script>", "dialog alert: hello")]
    [InlineData("", "<img src='http://192.0.2.1/x.png'>", "request to another host: http://192.0.2.1/x.png")]
    [InlineData("", "<script>location = 'http://192.0.2.1/'</script>", "request to another host: http://192.0.2.1/")]
    [InlineData("", "<script>window.__pwned('here')</script>", "hostile text ran: here")]
    [InlineData("", "<script>open('/other')</script>", "another tab: ")]
    [InlineData(Strict, "<p onclick='1'></p>", "policy: script-src-attr")]
    [InlineData(Strict, "<p style='color:red'></p>", "policy: style-src-attr")]
    public async Task A_tab_notes_what_must_not_happen(string headers, string html, params string[] noted)
    {
        await using var server = Serve(headers, html);
        await using var tab = await OpenAsync(new Uri(server.BaseUrl));
        tab.Expect("");

        await tab.Page.GotoAsync(server.BaseUrl, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.Commit });

        await Eventually.IsAsync(noted[0], () => noted.All(part => tab.AllIncidents.Any(incident => incident.Contains(part, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Tests_reach_into_a_page_whose_policy_lets_nothing_run()
    {
        await using var server = Serve(Strict, "<main><h1>A page</h1><p>漢字 and 🙂</p></main>");
        await using var tab = await OpenAsync(new Uri(server.BaseUrl), "", new WindowLook(360, Dark: true));

        Assert.True(await tab.Page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches && innerWidth === 360"));
        await Axe.HasNoFindingsAsync(tab.Page);
        await tab.KeepScreenshotAsync("browser-strict-page");
        Assert.True(new FileInfo(Screenshots.PathOf("browser-strict-page")).Length > 0);
    }

    [Fact]
    public async Task What_axe_finds_is_told_with_its_place_and_html()
    {
        await using var server = Serve("", "<main><h1>A page</h1><img id=logo src='data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='></main>");
        await using var tab = await OpenAsync(new Uri(server.BaseUrl), "");

        var told = (await Assert.ThrowsAnyAsync<Exception>(() => Axe.HasNoFindingsAsync(tab.Page))).Message;

        Assert.Contains("image-alt (critical)", told, StringComparison.Ordinal);
        Assert.Contains("at #logo", told, StringComparison.Ordinal);
        Assert.Contains("<img id=\"logo\"", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_router_is_seen_in_a_browser()
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url, "/health");

        Assert.Contains("\"activeProvider\":\"lm-studio\"", await tab.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        await tab.GoAsync("/nothing", status: 404);
    }

    private static FaultyUpstream Serve(string headers, string html)
    {
        var page = $"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><title>A page</title>{html}";
        var bytes = System.Text.Encoding.UTF8.GetBytes(page);
        var head = $"HTTP/1.1 200 Any\r\ncontent-type: text/html\r\ncontent-length: {bytes.Length}\r\n{headers}\r\n";
        return new FaultyUpstream(async (connection, _) =>
        {
            await FaultyUpstream.SayAsync(connection, head);
            await connection.SendAsync(bytes);
        });
    }
}
