using ProviderRouter.Tests.Dashboard.Browser;
using ProviderRouter.Tests.Dashboard.Data;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>Pages with letters as large as one needs them (WCAG 1.4.4), and in the direction in which they are written.</summary>
public sealed class LetterTests(BrowserRun browser, RichRouter rich) : BrowserTest(browser)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task Rows_of_live_are_as_high_as_their_letters_need(int width)
    {
        var log = await rich.Made;
        await using var tab = await OpenAsync(log.Url, "/ui/live", new WindowLook(width));
        await tab.Page.WaitForSelectorAsync(".live-rows [role=row]");

        await tab.Page.EvaluateAsync("() => document.documentElement.style.setProperty('font-size', '32px')");

        await Eventually.IsAsync("nothing is cut off", () => tab.Page.EvaluateAsync<bool>("""
            () => [...document.querySelectorAll('.live-rows [role=row]')].every((row, at, all) =>
              [...row.children].every(cell => cell.getBoundingClientRect().height < 2 || cell.getBoundingClientRect().bottom <= row.getBoundingClientRect().bottom + 1)
              && (at === 0 || row.getBoundingClientRect().top >= all[at - 1].getBoundingClientRect().bottom - 1))
            """));
    }

    [Fact]
    public async Task Letters_follow_the_size_that_the_browser_is_set_to()
    {
        var log = await rich.Made;
        await using var tab = await OpenAsync(log.Url, "/ui");

        Assert.Equal("15px", await FontSizeAsync(tab));
        await tab.Page.EvaluateAsync("() => document.documentElement.style.setProperty('font-size', '200%')");

        Assert.Equal("32px", await FontSizeAsync(tab));
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => [...document.styleSheets[1].cssRules].filter(rule => rule.selectorText === 'html').every(rule => rule.style.fontSize.endsWith('%'))"));
    }

    [Fact]
    public async Task A_text_begins_on_its_own_side()
    {
        await using var setup = await Setup.StartAsync();
        var id = await setup.SendToAsync("echo", "echo", stream: false, say: "Hello.\\n\\nשלום עולם!");
        await using var tab = await OpenAsync(setup.Router.Url, $"/ui/exchanges/{id}");

        Assert.True(await tab.Page.EvaluateAsync<bool>("""
            () => {
              const paragraph = [...document.querySelectorAll('.prose p')].find(one => one.textContent.startsWith('ש'));
              const letter = document.createRange();
              letter.setStart(paragraph.firstChild, 0);
              letter.setEnd(paragraph.firstChild, 1);
              return letter.getBoundingClientRect().right > paragraph.getBoundingClientRect().right - 5;
            }
            """));
    }

    private static Task<string> FontSizeAsync(Tab tab) => tab.Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).fontSize");
}
