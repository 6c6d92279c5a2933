using FakeUpstream.Wire;

namespace FakeUpstream.Chat;

/// <summary>The well-behaved ways to send an answer.</summary>
internal static class ChatDelivery
{
    /// <summary>Plain or streamed, as the client asked.</summary>
    public static async Task SendAsync(this ChatRequest chat, ChatAnswer answer)
    {
        if (chat.Stream)
        {
            await (await SseWriter.StartAsync(chat.Context)).SendAllAsync(chat, answer);
        }
        else
        {
            await chat.Context.SendJsonAsync(chat.Completion(answer));
        }
    }

    public static async Task SendAllAsync(this SseWriter sse, ChatRequest chat, ChatAnswer answer)
    {
        foreach (var chunk in chat.Chunks(answer))
        {
            await sse.SendAsync(chunk);
        }

        await sse.DoneAsync();
    }

    public static byte[] PlainBytes(this ChatRequest chat, ChatAnswer answer) => JsonText.Bytes(chat.Completion(answer));

    /// <summary>The whole stream as it goes over the wire, for scenarios that then spoil it.</summary>
    public static byte[] StreamBytes(this ChatRequest chat, ChatAnswer answer) =>
        [.. chat.Chunks(answer).SelectMany(SseWriter.Event), .. "data: [DONE]\n\n"u8];
}
