using System.Globalization;
using System.Text;

namespace ProviderRouter.Tests.Dashboard.Exchanges;

/// <summary>A conversation of any length is a page that a browser can take.</summary>
public sealed class LongTalkTests
{
    [Fact]
    public async Task Of_very_many_messages_the_first_and_the_last_are_named_and_the_others_counted()
    {
        const int count = 20_000;
        await using var shown = new ShownLog();
        var messages = string.Join(',', Enumerable.Range(0, count).Select(number => $$"""{"role":"{{(number % 2 == 0 ? "user" : "assistant")}}","content":"message {{number}}."}"""));
        var id = shown.Add("/v1/chat/completions", $$"""{"model":"m","messages":[{{messages}}]}""", """{"choices":[{"index":0,"message":{"role":"assistant","content":"the answer"}}]}""");
        await shown.StartAsync();
        var html = await shown.Browser.PageAsync($"ui/exchanges/{id}");

        Assert.True(Encoding.UTF8.GetByteCount(html) < 1 << 20, $"{html.Length} letters");
        Assert.Contains("message 0.", html, StringComparison.Ordinal);
        Assert.Contains($"message {(count - 2).ToString(CultureInfo.InvariantCulture)}.", html, StringComparison.Ordinal);
        Assert.Contains("the answer", html, StringComparison.Ordinal);
        Assert.Contains("19498 of the messages in the middle are left out here", html, StringComparison.Ordinal);
        Assert.Contains("message 10000.", await shown.Browser.PageAsync($"ui/exchanges/{id}/messages/10001"), StringComparison.Ordinal);
    }
}
