using FakeUpstream;
using ProviderRouter.Tests.Dashboard.Browser;
using ProviderRouter.Tests.Dashboard.Data;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>No test: makes the pictures of the README, when <c>docs/make-screenshots</c> asks for it.</summary>
public sealed class ReadmePictures(BrowserRun browser) : BrowserTest(browser)
{
    private const int LargestFile = 200 * 1024;

    private static readonly string Folder = Path.Combine(BuiltPrograms.RepositoryRoot, "docs", "images");

    [Fact(Explicit = true)]
    public async Task Are_made()
    {
        // Where LM Studio listens.
        await using var studio = await FakeUpstreamServer.StartAsync("studio", port: 1234);
        await using var proxy = await FakeUpstreamServer.StartAsync("proxy", port: 3000);
        using var folder = new TestFolder();
        await using var router = await Router.StartAsync(folder, ("LM_STUDIO_BASE_URL", studio.BaseUrl));
        string shown;
        using (var log = new WrittenLog(folder))
        {
            shown = log.Write([Talks.WithMarkdown, Talks.WithTools, Talks.WithPicture, Talks.InChinese, Talks.Limited, Talks.FellBack, .. WorkingMonth.Of(3000)])[0];
        }

        var cli = new Programs.Cli(folder);
        (await cli.RunAsync("provider", "add", "openai", "--preset", "openai", "--key-env", "OPENAI_API_KEY")).Exits(0);
        (await cli.RunAsync("provider", "edit", "lm-studio", "--alias", "qwen3-30b-a3b=stall")).Exits(0);
        (await cli.RunAsync("set", "lm-studio", "--fallback", "qwen-proxy")).Exits(0);

        await KeepAsync(router, "/ui", "overview-light", new WindowLook(1280, 860));
        await KeepAsync(router, $"/ui/exchanges/{shown}", "exchange-dark", new WindowLook(1280, 900, Dark: true));
        await KeepAsync(router, "/ui/stats", "statistics-dark", new WindowLook(1280, 860, Dark: true));
        await KeepLiveAsync(router);
    }

    private async Task KeepLiveAsync(Router router)
    {
        await using var tab = await OpenAsync(router.Url, "/ui/live", new WindowLook(1280, 720));
        using var leaving = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 3).Select(i => AskAsync(router, "qwen3-30b-a3b", stream: i > 0, leaving.Token)).ToList();
        await Eventually.IsAsync("they are under way", async () => await tab.Page.Locator("#live .badge.busy").CountAsync() == clients.Count);
        await PictureAsync(tab, "live-light");
        await leaving.CancelAsync();
        await Task.WhenAll(clients);
    }

    private static async Task AskAsync(Router router, string model, bool stream, CancellationToken leaving)
    {
        try
        {
            using var content = new System.Net.Http.StringContent(
                $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"Write a story."}]}""", System.Text.Encoding.UTF8, "application/json");
            using var answer = await router.Client.PostAsync("v1/chat/completions", content, leaving);
        }
        catch (OperationCanceledException)
        {
            // The picture is there.
        }
    }

    private async Task KeepAsync(Router router, string path, string name, WindowLook look)
    {
        await using var tab = await OpenAsync(router.Url, path, look);
        await PictureAsync(tab, name);
    }

    private static async Task PictureAsync(Tab tab, string name)
    {
        await tab.SettledAsync();
        var path = Path.Combine(Directory.CreateDirectory(Folder).FullName, name + ".png");
        await tab.Page.ScreenshotAsync(new() { Path = path });
        Assert.InRange(new FileInfo(path).Length, 1, LargestFile);
    }
}
