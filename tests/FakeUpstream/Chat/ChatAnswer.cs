using System.Text.Json.Nodes;

namespace FakeUpstream.Chat;

/// <summary>What is said, in both forms: the choices of a plain answer, and the same as the deltas of a stream.</summary>
internal sealed record ChatAnswer(IEnumerable<JsonObject> Choices, IEnumerable<JsonObject> Deltas)
{
    public static JsonObject Choice(JsonObject message, string? finishReason, int index = 0) => new()
    {
        ["index"] = index,
        ["message"] = message,
        ["logprobs"] = null,
        ["finish_reason"] = finishReason,
    };

    public static JsonObject Delta(JsonObject delta, string? finishReason = null, int index = 0) => new()
    {
        ["index"] = index,
        ["delta"] = delta,
        ["logprobs"] = null,
        ["finish_reason"] = finishReason,
    };

    public static JsonObject Message(string? content) => new()
    {
        ["role"] = "assistant",
        ["content"] = content,
        ["refusal"] = null,
    };

    public static JsonObject RoleDelta(int index = 0, string? content = "") =>
        Delta(new JsonObject { ["role"] = "assistant", ["content"] = content }, index: index);

    public static JsonObject ContentDelta(string content, int index = 0) =>
        Delta(new JsonObject { ["content"] = content }, index: index);

    public static JsonObject FinishDelta(string finishReason, int index = 0) => Delta([], finishReason, index);
}
