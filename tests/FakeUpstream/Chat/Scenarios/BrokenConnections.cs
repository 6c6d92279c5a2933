using FakeUpstream.Chat.Answers;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Scenarios;

/// <summary>Connections that end before the answer does, and one that never spoke HTTP.</summary>
internal static class BrokenConnections
{
    /// <summary>Three chunks, then RST; plain: 50 of 1000 bytes, then RST.</summary>
    public static async Task ResetAsync(ChatRequest chat) => (await BeginAsync(chat)).Reset();

    /// <summary>The same with an orderly FIN, which some clients take for the end of the answer.</summary>
    public static async Task CutAsync(ChatRequest chat) => (await BeginAsync(chat)).Close();

    /// <summary>Closes without a byte.</summary>
    public static Task ResetHeadersAsync(ChatRequest chat)
    {
        new RawAnswer(chat.Context).Reset();
        return Task.CompletedTask;
    }

    /// <summary>Sends everything, but 100 bytes less than promised.</summary>
    public static async Task WrongLengthAsync(ChatRequest chat)
    {
        var answer = TextAnswer.Of(chat.Text);
        var bytes = chat.Stream ? chat.StreamBytes(answer) : chat.PlainBytes(answer);
        var raw = new RawAnswer(chat.Context);
        var contentType = chat.Stream ? SseWriter.ContentType : "application/json";
        await raw.HeadAsync($"content-type: {contentType}", $"content-length: {bytes.Length + 100}");
        await raw.SendAsync(bytes);
        raw.Close();
    }

    /// <summary>Bytes that are no HTTP at all.</summary>
    public static async Task GarbageAsync(ChatRequest chat)
    {
        var raw = new RawAnswer(chat.Context);
        await raw.SendAsync((byte[])[0x00, 0x16, 0x03, 0xFF, .. "what is HTTP?\r\n\r\n"u8, 0xFE, 0x80, 0x0A]);
        raw.Close();
    }

    private static async Task<RawAnswer> BeginAsync(ChatRequest chat)
    {
        var answer = TextAnswer.Of(chat.Text);
        var raw = new RawAnswer(chat.Context);
        if (chat.Stream)
        {
            await raw.HeadAsync($"content-type: {SseWriter.ContentType}", "transfer-encoding: chunked");
            foreach (var chunk in chat.Chunks(answer).Take(3))
            {
                await raw.ChunkAsync(SseWriter.Event(chunk));
            }
        }
        else
        {
            await raw.HeadAsync("content-type: application/json", "content-length: 1000");
            await raw.SendAsync(chat.PlainBytes(answer).AsMemory(0, 50));
        }

        return raw;
    }
}
