using ProviderRouter.Tests.Dashboard.Exchanges;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>Whatever providers are called, the switch to each asks.</summary>
public sealed class DialogTests
{
    [Fact]
    public async Task Each_switch_opens_its_own_dialog()
    {
        await using var shown = new ShownLog();
        await shown.StartAsync();
        string[] names = ["heading", "a", "a-heading", "plan"];
        foreach (var name in names)
        {
            (await new Programs.Cli(shown.Folder).RunAsync("provider", "add", name, "--base-url", "http://127.0.0.1:9/v1", "--no-key")).Exits(0);
        }

        var page = await shown.PageAsync("");
        foreach (var name in names)
        {
            var dialog = page.GetElementById(page.QuerySelector($"a[href='/ui/switch/{name}']")!.GetAttribute("data-dialog")!)!;
            Assert.Equal("dialog", dialog.LocalName);
            Assert.Equal(name, dialog.QuerySelector("input[name=provider]")!.GetAttribute("value"));
            Assert.Equal($"Switch to {name}?", page.GetElementById(dialog.GetAttribute("aria-labelledby")!)!.TextContent);
        }
    }
}
