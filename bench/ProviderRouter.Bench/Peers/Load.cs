using System.Diagnostics;
using System.Text;

namespace ProviderRouter.Bench.Peers;

/// <summary>Clients that ask one after the other without a pause, and what that cost the contender, by request.</summary>
/// <param name="AnswerBytes">How long each answer must be.</param>
internal sealed record Load(byte[] Body, int AnswerBytes, int Clients, int Requests)
{
    /// <summary>1 KB there and 1 KB back.</summary>
    public static readonly Load Chats = new(Chat(stream: false), PacedUpstream.Whole.Length, Clients: 16, Requests: 10_000);

    /// <summary>The same from many clients.</summary>
    public static readonly Load ManyChats = Chats with { Clients = 64 };

    /// <summary>64 chunks in a third of a second.</summary>
    public static readonly Load Streams = new(
        Chat(stream: true), PacedUpstream.Chunks.Sum(chunk => chunk.Length), Clients: 40, Requests: 320);

    public async Task<Cost> RunAsync(Contender contender)
    {
        var before = Spent(contender);
        var left = Requests;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await AskAsync(contender);
            }
        }));
        return (Spent(contender) - before) / Requests;
    }

    /// <summary>Asks once.</summary>
    /// <returns>How long the answer took, to its end.</returns>
    public async Task<TimeSpan> AskAsync(Contender contender)
    {
        contender.CountOne();
        var started = Stopwatch.GetTimestamp();
        using var content = new ByteArrayContent(Body);
        content.Headers.ContentType = new("application/json");
        using var response = await contender.Client.PostAsync(contender.Chat, content);
        var length = (await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
        var time = Stopwatch.GetElapsedTime(started);
        return length == AnswerBytes
            ? time
            : throw new InvalidOperationException($"{contender.Name} answered {length} bytes instead of {AnswerBytes}.");
    }

    private static Cost Spent(Contender contender) => contender.Process is not { } process ? new Cost(0, 0, 0, 0) : new Cost(
        process.Cpu.TotalMicroseconds,
        contender.Folder?.Bytes ?? 0,
        ProcessFacts.Io(process.Id, "wchar"),
        ProcessFacts.Io(process.Id, "write_bytes"));

    private static byte[] Chat(bool stream) => Encoding.UTF8.GetBytes(
        $$"""{"model":"fast","messages":[{"role":"user","content":"{{PacedUpstream.Words(950)}}"}]{{(stream ? ",\"stream\":true" : "")}}}""");
}
