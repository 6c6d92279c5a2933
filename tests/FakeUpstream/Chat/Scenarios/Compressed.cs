using System.IO.Compression;
using FakeUpstream.Chat.Answers;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Scenarios;

/// <summary>Compressed whether or not the client accepts it; a stream is flushed after each event.</summary>
internal static class Compressed
{
    public static Task GzipAsync(ChatRequest chat) =>
        SendAsync(chat, "gzip", body => new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true));

    public static Task BrotliAsync(ChatRequest chat) =>
        SendAsync(chat, "br", body => new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true));

    // What HTTP calls deflate is the zlib format.
    public static Task DeflateAsync(ChatRequest chat) =>
        SendAsync(chat, "deflate", body => new ZLibStream(body, CompressionLevel.Fastest, leaveOpen: true));

    private static async Task SendAsync(ChatRequest chat, string encoding, Func<Stream, Stream> compress)
    {
        var answer = TextAnswer.Of(chat.Text);
        chat.Context.Response.Headers.ContentEncoding = encoding;
        chat.Context.Response.Headers.Vary = "accept-encoding";
        await using var body = compress(chat.Context.Response.Body);
        if (chat.Stream)
        {
            SseWriter.SetHeaders(chat.Context);
            await new SseWriter(chat.Context, body).SendAllAsync(chat, answer);
        }
        else
        {
            chat.Context.Response.ContentType = "application/json";
            await body.WriteAsync(chat.PlainBytes(answer), chat.Aborted);
        }
    }
}
