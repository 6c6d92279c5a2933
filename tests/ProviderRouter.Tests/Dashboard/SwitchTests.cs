using System.Net.Http;
using System.Text;
using FakeUpstream;
using ProviderRouter.Tests.Dashboard.Browser;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>The provider is switched in the browser while clients are at work.</summary>
public sealed class SwitchTests(BrowserRun browser) : BrowserTest(browser)
{
    [Fact]
    public async Task A_stream_ends_as_it_began_and_the_next_request_goes_to_the_new_one()
    {
        var goOn = new TaskCompletionSource();
        await using var first = new FaultyUpstream(async (connection, _) =>
        {
            await FaultyUpstream.SayAsync(connection, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n" + Event("It was "));
            await goOn.Task;
            await FaultyUpstream.SayAsync(connection, Event("the first.") + "data: [DONE]\n\n");
            connection.Close();
        });
        await using var second = await FakeUpstreamServer.StartAsync("second");
        using var folder = new TestFolder();
        await using var router = await Router.StartAsync(folder, ("LM_STUDIO_BASE_URL", first.BaseUrl), ("QWEN_PROXY_BASE_URL", second.BaseUrl[..^"/v1".Length]));
        await using var tab = await OpenAsync(router.Url, "/ui");

        using var streaming = await AskAsync(router, stream: true);
        await using var stream = await streaming.Content.ReadAsStreamAsync();
        var block = new byte[16 * 1024];
        var said = Encoding.UTF8.GetString(block, 0, await stream.ReadAsync(block));
        await tab.Page.ClickAsync("a[href='/ui/switch/qwen-proxy']");
        await tab.Page.ClickAsync("dialog[open] form[action='/ui/active'] button");
        await tab.Page.WaitForSelectorAsync("#plan strong:text-is('qwen-proxy')");
        using var next = await AskAsync(router, stream: false);
        goOn.SetResult();
        said += await new StreamReader(stream).ReadToEndAsync();

        Assert.Equal("lm-studio", streaming.Headers.GetValues("x-router-provider").Single());
        Assert.Contains("It was ", said, StringComparison.Ordinal);
        Assert.EndsWith(Event("the first.") + "data: [DONE]\n\n", said, StringComparison.Ordinal);
        Assert.Equal("qwen-proxy", next.Headers.GetValues("x-router-provider").Single());
        var log = new RecordedLog(folder);
        Assert.Equal(("ok", "lm-studio"), (log.Of(streaming).Text("outcome"), log.Of(streaming).Text("provider")));
        Assert.Equal(("ok", "qwen-proxy"), (log.Of(next).Text("outcome"), log.Of(next).Text("provider")));
    }

    [Theory]
    [InlineData("/ui", "dialog[open]")]
    [InlineData("/ui/switch/qwen-proxy", "main")]
    public async Task The_target_is_asked_how_it_does_once_somebody_thinks_of_it(string path, string place)
    {
        await using var setup = await Setup.StartAsync();
        (await setup.Cli.RunAsync("provider", "edit", "qwen-proxy", "--base-url", "http://127.0.0.1:9/v1")).Exits(0);
        await using var tab = await OpenAsync(setup.Router.Url);
        var asked = new List<string>();
        tab.Page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
        await tab.GoAsync(path);
        await tab.SettledAsync();
        if (path == "/ui")
        {
            Assert.DoesNotContain("/ui/health/qwen-proxy", asked);
            await tab.Page.ClickAsync("a[href='/ui/switch/qwen-proxy']");
        }

        await tab.Page.WaitForSelectorAsync($"{place} .badge.bad:text-is('does not answer')");
        Assert.Contains("127.0.0.1:9", await tab.Page.InnerTextAsync($"{place} .note"), StringComparison.Ordinal);
        Assert.DoesNotContain("/ui/health/qwen-direct", asked);
    }

    [Fact]
    public async Task Two_who_switch_at_once_both_see_who_answers()
    {
        await using var setup = await Setup.StartAsync();
        await using var one = await OpenAsync(setup.Router.Url, "/ui");
        await using var other = await OpenAsync(setup.Router.Url, "/ui");

        await one.Page.ClickAsync("a[href='/ui/switch/qwen-proxy']");
        await other.Page.ClickAsync("a[href='/ui/switch/echo']");
        await Task.WhenAll(one.Page.ClickAsync("dialog[open] form[action='/ui/active'] button"), other.Page.ClickAsync("dialog[open] form[action='/ui/active'] button"));
        await one.GoAsync("/ui");
        await other.GoAsync("/ui");

        var active = (string?)(await setup.Cli.RunAsync("status", "--json")).Exits(0).Json["activeProvider"];
        Assert.Equal(active, await one.Page.InnerTextAsync("#plan strong >> nth=0"));
        Assert.Equal(active, await other.Page.InnerTextAsync("#plan strong >> nth=0"));
    }

    private static string Event(string words) =>
        $$"""data: {"id":"1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"{{words}}"},"finish_reason":null}]}""" + "\n\n";

    private static async Task<HttpResponseMessage> AskAsync(Router router, bool stream)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions");
        request.Content = new StringContent($$"""{"model":"m","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"Hello"}]}""", Encoding.UTF8, "application/json");
        return await router.Client.SendAsync(request, stream ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead);
    }
}
