using Microsoft.Playwright;

namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>Somebody who has no mouse.</summary>
internal sealed class Keyboard(Tab tab)
{
    private const int MostStops = 400;

    private const string IsSeen = """
        () => {
          const e = document.activeElement;
          const style = getComputedStyle(e);
          const box = e.getBoundingClientRect();
          const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none';
          const problem = !e.matches(':focus-visible') ? 'is not focus-visible' : !marked ? 'has no outline' : box.width < 1 || box.height < 1 ? 'has no size'
            : box.right <= 0 || box.left >= innerWidth || box.bottom <= 0 || box.top >= innerHeight ? 'is out of sight' : '';
          return problem && `${e.outerHTML.slice(0, 200)} has the focus and ${problem}`;
        }
        """;

    public Task PressAsync(string key) => tab.Page.Keyboard.PressAsync(key);

    /// <summary>Presses Tab until this has the focus, and sees on the way that each stop is visible.</summary>
    public async Task ToAsync(string selector)
    {
        await tab.Page.WaitForSelectorAsync(selector, new() { State = WaitForSelectorState.Attached });
        for (var stops = 0; stops < MostStops; stops++)
        {
            if (await HasFocusAsync(selector))
            {
                await FocusIsVisibleAsync();
                return;
            }

            await PressAsync("Tab");
        }

        Assert.Fail($"Tab never reaches {selector} on {tab.Page.Url}.");
    }

    /// <summary>Tabs to a link or a button, and presses Enter.</summary>
    public async Task FollowAsync(string selector)
    {
        await ToAsync(selector);
        await PressAsync("Enter");
    }

    /// <summary>Tabs to a field, and types.</summary>
    public async Task TypeAsync(string selector, string text)
    {
        await ToAsync(selector);
        await tab.Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Tab goes through the whole page and out of it at its end, each stop is visible, and Shift+Tab leads back from the last.</summary>
    public async Task WalkAsync()
    {
        var last = "";
        for (var stops = 0; ; stops++)
        {
            Assert.True(stops < MostStops, $"Tab does not come to the end of {tab.Page.Url}; it was at {last}");
            await PressAsync("Tab");
            if (await tab.Page.EvaluateAsync<bool>("document.activeElement === document.body || document.activeElement.matches('.skip') && document.__walked"))
            {
                break;
            }

            await tab.Page.EvaluateAsync("document.__walked = true");
            await FocusIsVisibleAsync();
            var here = await tab.Page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 200)");
            last = here;
        }

        Assert.NotEqual("", last);
    }

    public async Task FocusIsVisibleAsync()
    {
        var problem = await tab.Page.EvaluateAsync<string>(IsSeen);
        Assert.True(problem.Length == 0, $"{tab.Page.Url}: {problem}");
    }

    private Task<bool> HasFocusAsync(string selector) => tab.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector);
}
