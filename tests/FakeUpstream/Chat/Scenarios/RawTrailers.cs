using FakeUpstream.Chat.Answers;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Scenarios;

/// <summary>A chunked answer with trailers after its body, which the server itself does not send over HTTP/1.1.</summary>
internal static class RawTrailers
{
    public static async Task SendAsync(ChatRequest chat)
    {
        var answer = TextAnswer.Of(chat.Text);
        var contentType = chat.Stream ? SseWriter.ContentType : "application/json";
        var raw = new RawAnswer(chat.Context);
        await raw.HeadAsync(
            $"content-type: {contentType}", "transfer-encoding: chunked", "trailer: x-checksum, x-tokens", "connection: close");
        await raw.ChunkAsync(chat.Stream ? chat.StreamBytes(answer) : chat.PlainBytes(answer));
        await raw.SendAsync("0\r\nx-checksum: fake-checksum\r\nx-tokens: 7\r\n\r\n");
        raw.Close();
    }
}
