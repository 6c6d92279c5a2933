using System.Text.Json.Nodes;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Answers;

/// <summary>Two parallel tool calls; in a stream their arguments arrive in alternating fragments.</summary>
internal static class ToolsAnswer
{
    private static readonly ToolCall[] Calls =
    [
        new("call_fake_weather", "get_weather", """{"city":"Zürich","unit":"celsius"}"""),
        new("call_fake_time", "get_time", """{"zone":"Asia/Tokyo","label":"東京 🗼","format":"24h"}"""),
    ];

    public static ChatAnswer Create() => Of(Calls);

    public static ChatAnswer Of(ToolCall[] calls, string? text = null) => new([PlainChoice(calls, text: text)], Deltas(calls, text: text));

    public static JsonObject PlainChoice(ToolCall[] calls, int index = 0, string? text = null)
    {
        var message = ChatAnswer.Message(text);
        message["tool_calls"] = new JsonArray([.. calls.Select(call => call.ToJson(call.Arguments))]);
        return ChatAnswer.Choice(message, "tool_calls", index);
    }

    public static IEnumerable<JsonObject> Deltas(ToolCall[] calls, int index = 0, string? text = null)
    {
        yield return ChatAnswer.RoleDelta(index, content: null);
        foreach (var piece in TextPieces.Split(text ?? ""))
        {
            yield return ChatAnswer.ContentDelta(piece, index);
        }

        for (var i = 0; i < calls.Length; i++)
        {
            yield return Delta(i, calls[i].ToJson(arguments: ""));
        }

        var fragments = calls.Select(call => TextPieces.Split(call.Arguments).ToArray()).ToArray();
        for (var round = 0; round < fragments.Max(list => list.Length); round++)
        {
            for (var i = 0; i < calls.Length; i++)
            {
                if (round < fragments[i].Length)
                {
                    yield return Delta(i, new() { ["function"] = new JsonObject { ["arguments"] = fragments[i][round] } });
                }
            }
        }

        yield return ChatAnswer.FinishDelta("tool_calls", index);

        JsonObject Delta(int callIndex, JsonObject call)
        {
            call.Insert(0, "index", callIndex);
            return ChatAnswer.Delta(new() { ["tool_calls"] = new JsonArray(call) }, index: index);
        }
    }
}

internal sealed record ToolCall(string Id, string Name, string Arguments)
{
    public JsonObject ToJson(string arguments) => new()
    {
        ["id"] = Id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = Name, ["arguments"] = arguments },
    };
}
