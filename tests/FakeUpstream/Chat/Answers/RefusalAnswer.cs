using System.Text.Json.Nodes;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Answers;

/// <summary>No content, but a refusal.</summary>
internal static class RefusalAnswer
{
    private const string Refusal = "I’m sorry, I can’t help with that.";

    public static ChatAnswer Create()
    {
        var message = ChatAnswer.Message(content: null);
        message["refusal"] = Refusal;
        var deltas = TextPieces.Split(Refusal)
            .Select(piece => ChatAnswer.Delta(new JsonObject { ["refusal"] = piece }))
            .Prepend(ChatAnswer.RoleDelta(content: null))
            .Append(ChatAnswer.FinishDelta("stop"));
        return new([ChatAnswer.Choice(message, "stop")], deltas);
    }
}
