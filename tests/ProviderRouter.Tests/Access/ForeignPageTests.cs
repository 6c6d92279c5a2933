using System.Net.Http;

namespace ProviderRouter.Tests.Access;

/// <summary>A page that a provider sends comes from the router's own address, and is kept apart from the router's own pages all the same.</summary>
public sealed class ForeignPageTests
{
    private const string Html = "<script>fetch('/ui/settings')</script>";

    [Theory]
    [InlineData("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "sandbox")]
    [InlineData("*/*", "")]
    [InlineData("application/json", "")]
    public async Task A_browser_runs_nothing_in_it(string accept, string fence)
    {
        await using var provider = new FaultyUpstream((connection, _) => FaultyUpstream.SayAsync(connection,
            $"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-security-policy: img-src *\r\ncontent-length: {Html.Length}\r\n\r\n{Html}"));
        using var folder = new TestFolder();
        await using var router = await Router.StartAsync(folder, ("LM_STUDIO_BASE_URL", provider.BaseUrl));
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/page");
        request.Headers.TryAddWithoutValidation("accept", accept);
        using var answer = await router.Client.SendAsync(request);

        // Browsers go by all of them together.
        Assert.Equal(fence.Length == 0 ? ["img-src *"] : ["img-src *", fence], answer.Headers.GetValues("content-security-policy"));
        Assert.Equal(Html, await answer.Content.ReadAsStringAsync());
    }
}
