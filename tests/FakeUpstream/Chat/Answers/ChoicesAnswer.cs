using System.Text.Json.Nodes;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Answers;

/// <summary>Three choices that end differently; in a stream they take turns. Choice 1 calls a tool.</summary>
internal static class ChoicesAnswer
{
    private static readonly ToolCall[] Calls = [new("call_fake_search", "search", """{"query":"naïve café"}""")];

    public static ChatAnswer Of(string text) => new(
        [
            ChatAnswer.Choice(ChatAnswer.Message($"{text} (first)"), "stop"),
            ToolsAnswer.PlainChoice(Calls, index: 1),
            ChatAnswer.Choice(ChatAnswer.Message($"{text} (third, cut"), "length", index: 2),
        ],
        TakeTurns([
            TextDeltas($"{text} (first)", "stop", index: 0),
            ToolsAnswer.Deltas(Calls, index: 1),
            TextDeltas($"{text} (third, cut", "length", index: 2),
        ]));

    private static IEnumerable<JsonObject> TextDeltas(string text, string finishReason, int index) =>
        TextPieces.Split(text).Select(piece => ChatAnswer.ContentDelta(piece, index))
            .Prepend(ChatAnswer.RoleDelta(index))
            .Append(ChatAnswer.FinishDelta(finishReason, index));

    private static IEnumerable<JsonObject> TakeTurns(IEnumerable<JsonObject>[] choices)
    {
        var turns = new Queue<IEnumerator<JsonObject>>(choices.Select(deltas => deltas.GetEnumerator()));
        while (turns.TryDequeue(out var deltas))
        {
            if (deltas.MoveNext())
            {
                yield return deltas.Current;
                turns.Enqueue(deltas);
            }
            else
            {
                deltas.Dispose();
            }
        }
    }
}
