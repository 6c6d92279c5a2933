using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Answers;

/// <summary>One choice that says a text.</summary>
internal static class TextAnswer
{
    public static ChatAnswer Of(string text) => new(
        [ChatAnswer.Choice(ChatAnswer.Message(text), "stop")],
        TextPieces.Split(text).Select(piece => ChatAnswer.ContentDelta(piece))
            .Prepend(ChatAnswer.RoleDelta())
            .Append(ChatAnswer.FinishDelta("stop")));

    public static ChatAnswer WithRoleInEachDelta(string text)
    {
        var answer = Of(text);
        return answer with
        {
            Deltas = answer.Deltas.Select(choice =>
            {
                choice["delta"]!["role"] = "assistant";
                return choice;
            }),
        };
    }
}
