using FakeUpstream.Chat.Answers;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Scenarios;

/// <summary>Whole answers whose bytes are not what the headers promise.</summary>
internal static class OddBodies
{
    public static Task BadJsonAsync(ChatRequest chat) => chat.Stream
        ? SendAsync(chat, [.. "data: {\"id\":\"chatcmpl-fake\",\"choices\":[{\"ind\n\ndata: [DONE]\n\n"u8])
        : SendAsync(chat, [.. """{"id":"chatcmpl-fake","choices":[{"ind"""u8]);

    public static Task HtmlAsync(ChatRequest chat) => chat.Context.SendAsync(
        "text/html; charset=utf-8",
        (byte[])[.. "<!doctype html><title>Sign in</title><h1>This network asks you to sign in é</h1>\n"u8]);

    public static Task EmptyAsync(ChatRequest chat)
    {
        chat.Context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    public static Task Utf8BomAsync(ChatRequest chat) => SendAsync(chat, [0xEF, 0xBB, 0xBF, .. Bytes(chat, chat.Text)]);

    /// <summary>The text ends in a lone continuation byte and half a character.</summary>
    public static Task InvalidUtf8Async(ChatRequest chat)
    {
        var bytes = Bytes(chat, $"{chat.Text}|");
        var place = bytes.AsSpan().LastIndexOf((byte)'|');
        return SendAsync(chat, [.. bytes[..place], 0x80, 0xE6, 0xBC, .. bytes[(place + 1)..]]);
    }

    private static byte[] Bytes(ChatRequest chat, string text) => chat.Stream
        ? chat.StreamBytes(TextAnswer.Of(text))
        : chat.PlainBytes(TextAnswer.Of(text));

    private static Task SendAsync(ChatRequest chat, byte[] body) =>
        chat.Context.SendAsync(chat.Stream ? SseWriter.ContentType : "application/json", body);
}
