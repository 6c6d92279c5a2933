using FakeUpstream.Chat.Answers;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Scenarios;

/// <summary>Answers that take their time, or for ever.</summary>
internal static class Pacing
{
    private static readonly TimeSpan BetweenChunks = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BeforeFirstToken = TimeSpan.FromMilliseconds(500);

    /// <summary>Ten content chunks, 50 ms after each chunk; plain: the JSON in ten parts.</summary>
    public static Task TrickleAsync(ChatRequest chat) => TrickleAsync(chat, tellsLength: true);

    /// <summary>The same, but nobody is told how long the JSON will be.</summary>
    public static Task TrickleChunkedAsync(ChatRequest chat) => TrickleAsync(chat, tellsLength: false);

    private static async Task TrickleAsync(ChatRequest chat, bool tellsLength)
    {
        var pieces = Enumerable.Range(1, 10).Select(i => $"tick {i} ").ToArray();
        if (chat.Stream)
        {
            var deltas = pieces.Select(piece => ChatAnswer.ContentDelta(piece))
                .Prepend(ChatAnswer.RoleDelta()).Append(ChatAnswer.FinishDelta("stop"));
            var sse = await SseWriter.StartAsync(chat.Context);
            foreach (var chunk in chat.Chunks(new ChatAnswer([], deltas)))
            {
                await sse.SendAsync(chunk);
                await WaitAsync(chat, BetweenChunks);
            }

            await sse.DoneAsync();
            return;
        }

        var bytes = chat.PlainBytes(TextAnswer.Of(string.Concat(pieces)));
        chat.Context.Response.ContentType = "application/json";
        chat.Context.Response.ContentLength = tellsLength ? bytes.Length : null;
        foreach (var part in bytes.Chunk((bytes.Length + 9) / 10))
        {
            await WaitAsync(chat, BetweenChunks);
            await chat.Context.WriteAsync(part);
        }
    }

    /// <summary>Half a second before the first token; a stream's headers go out at once.</summary>
    public static async Task SlowAsync(ChatRequest chat)
    {
        var answer = TextAnswer.Of(chat.Text);
        if (!chat.Stream)
        {
            await WaitAsync(chat, BeforeFirstToken);
            await chat.SendAsync(answer);
            return;
        }

        var sse = await SseWriter.StartAsync(chat.Context);
        await WaitAsync(chat, BeforeFirstToken);
        await sse.SendAllAsync(chat, answer);
    }

    /// <summary>Three chunks, then nothing until the client leaves; plain: half the JSON, then nothing.</summary>
    public static async Task StallAsync(ChatRequest chat)
    {
        var answer = TextAnswer.Of(chat.Text);
        if (chat.Stream)
        {
            var sse = await SseWriter.StartAsync(chat.Context);
            foreach (var chunk in chat.Chunks(answer).Take(3))
            {
                await sse.SendAsync(chunk);
            }
        }
        else
        {
            var bytes = chat.PlainBytes(answer);
            chat.Context.Response.ContentType = "application/json";
            chat.Context.Response.ContentLength = bytes.Length;
            await chat.Context.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        }

        await StallHeadersAsync(chat);
    }

    /// <summary>Not even headers, until the client leaves.</summary>
    public static Task StallHeadersAsync(ChatRequest chat) => WaitAsync(chat, Timeout.InfiniteTimeSpan);

    private static Task WaitAsync(ChatRequest chat, TimeSpan time) => Task.Delay(time, TimeProvider.System, chat.Aborted);
}
