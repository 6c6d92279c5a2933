using System.Text.Json.Nodes;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Answers;

/// <summary>Thoughts in <c>reasoning_content</c>, then the text.</summary>
internal static class ReasoningAnswer
{
    private const string Thoughts = "The user wants an echo. Déjà vu: 考え中 🤔. Echo it.";

    public static ChatAnswer Of(string text)
    {
        var message = ChatAnswer.Message(text);
        message["reasoning_content"] = Thoughts;
        var spoken = TextAnswer.Of(text).Deltas.ToArray();
        var thought = TextPieces.Split(Thoughts)
            .Select(piece => ChatAnswer.Delta(new JsonObject { ["content"] = null, ["reasoning_content"] = piece }));
        return new([ChatAnswer.Choice(message, "stop")], [spoken[0], .. thought, .. spoken[1..]]);
    }
}
