using System.Text;
using FakeUpstream.Chat.Answers;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Scenarios;

/// <summary>About 20 MB of text; streamed, in deltas of 4 KB.</summary>
internal static class HugeBody
{
    private const int Parts = 5 * 1024;

    private static readonly string Part = string.Concat(Enumerable.Repeat("huge 漢字 🙂 answer; ", 170));

    public static async Task SendAsync(ChatRequest chat)
    {
        if (chat.Stream)
        {
            var deltas = Enumerable.Repeat(Part, Parts).Select(part => ChatAnswer.ContentDelta(part))
                .Prepend(ChatAnswer.RoleDelta()).Append(ChatAnswer.FinishDelta("stop"));
            await chat.SendAsync(new ChatAnswer([], deltas));
            return;
        }

        // The answer is written around its text, which is never held as a whole.
        var frame = JsonText.Of(chat.Completion(TextAnswer.Of("|"))).Split('|');
        var part = Encoding.UTF8.GetBytes(Part);
        var (head, tail) = (Encoding.UTF8.GetBytes(frame[0]), Encoding.UTF8.GetBytes(frame[1]));
        chat.Context.Response.ContentType = "application/json";
        chat.Context.Response.ContentLength = head.Length + ((long)part.Length * Parts) + tail.Length;
        await chat.Context.WriteAsync(head);
        for (var i = 0; i < Parts; i++)
        {
            await chat.Context.WriteAsync(part);
        }

        await chat.Context.WriteAsync(tail);
    }
}
