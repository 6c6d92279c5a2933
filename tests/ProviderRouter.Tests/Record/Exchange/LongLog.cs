namespace ProviderRouter.Tests.Record.Exchange;

/// <summary>A log of chats of some 20 KB each; no server runs.</summary>
internal static class LongLog
{
    public static void Write(TestFolder folder, int chats)
    {
        using var past = new PastLog(folder);
        for (var i = 0; i < chats; i++)
        {
            past.Add(
                TimeSpan.FromDays(40), $$"""{"messages":[{"role":"user","content":"{{LongText.Of(i)}}"}]}""",
                $$"""{"choices":[{"message":{"role":"assistant","content":"answer {{i}}"},"finish_reason":"stop"}]}""");
        }
    }
}
