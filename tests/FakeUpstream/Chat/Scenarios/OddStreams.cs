using System.Text.Json.Nodes;
using FakeUpstream.Chat.Answers;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Scenarios;

/// <summary>Streams that are unusual in form; their plain answers are unusual in the same spirit.</summary>
internal static class OddStreams
{
    /// <summary>Comments before the first token, CRLF, several data lines an event; plain: blank lines before the JSON.</summary>
    public static async Task CommentsAsync(ChatRequest chat)
    {
        var answer = TextAnswer.Of(chat.Text);
        if (!chat.Stream)
        {
            await chat.Context.SendAsync("application/json", (byte[])[.. "\n\n\n"u8, .. chat.PlainBytes(answer)]);
            return;
        }

        var sse = await SseWriter.StartAsync(chat.Context, newLine: "\r\n");
        await sse.CommentAsync("OPENROUTER PROCESSING");
        await sse.CommentAsync("OPENROUTER PROCESSING");
        foreach (var chunk in chat.Chunks(answer))
        {
            await sse.SendAsync(JsonText.Of(chunk, indented: true));
        }

        await sse.DoneAsync();
    }

    /// <summary>Five bytes a write, so that reads end within characters and within lines.</summary>
    public static async Task SplitBytesAsync(ChatRequest chat)
    {
        var answer = TextAnswer.Of(chat.Text);
        var bytes = chat.Stream ? chat.StreamBytes(answer) : chat.PlainBytes(answer);
        chat.Context.Response.ContentType = chat.Stream ? SseWriter.ContentType : "application/json";
        for (var start = 0; start < bytes.Length; start += 5)
        {
            var part = bytes.AsMemory(start, Math.Min(5, bytes.Length - start));
            await chat.Context.WriteAsync(part);
        }
    }

    /// <summary>Status 200, three chunks, then an error where a chunk should be.</summary>
    public static async Task ErrorAsync(ChatRequest chat)
    {
        var error = HttpAnswer.Error("The model broke off.", "server_error", "stream_failed");
        if (!chat.Stream)
        {
            await chat.Context.SendJsonAsync(error);
            return;
        }

        var sse = await SseWriter.StartAsync(chat.Context);
        foreach (var chunk in chat.Chunks(TextAnswer.Of(chat.Text)).Take(3).Append(error))
        {
            await sse.SendAsync(chunk);
        }
    }

    /// <summary>A clean end without finish reason, and in a stream without [DONE].</summary>
    public static async Task NoDoneAsync(ChatRequest chat)
    {
        if (!chat.Stream)
        {
            await chat.SendAsync(new ChatAnswer([ChatAnswer.Choice(ChatAnswer.Message(chat.Text), finishReason: null)], []));
            return;
        }

        var sse = await SseWriter.StartAsync(chat.Context);
        foreach (var chunk in chat.Chunks(TextAnswer.Of(chat.Text)).Where(chunk => !Finishes(chunk)))
        {
            await sse.SendAsync(chunk);
        }
    }

    /// <summary>A stream that is what the user says, byte for byte, with its length told.</summary>
    public static Task VerbatimAsync(ChatRequest chat) =>
        chat.Context.SendAsync(SseWriter.ContentType, System.Text.Encoding.UTF8.GetBytes(chat.Prompt));

    private static bool Finishes(JsonObject chunk) =>
        chunk["choices"] is JsonArray choices && choices.Any(choice => choice?["finish_reason"] is not null);
}
