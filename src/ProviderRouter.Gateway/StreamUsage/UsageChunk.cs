using System.Text.Json;
using ProviderRouter.JsonEdits;

namespace ProviderRouter.Gateway.StreamUsage;

/// <summary>
/// Finds what a chunk of a stream has only because its usage was asked for. Source:
/// https://platform.openai.com/docs/api-reference/chat-streaming/streaming#chat-streaming-streaming-usage
/// </summary>
internal static class UsageChunk
{
    /// <summary>False for what is no chunk with a usage, as can be seen without reading it: names are not escaped here.</summary>
    public static bool MayHaveUsage(ReadOnlySpan<byte> text) => text.IndexOf("\"usage\""u8) >= 0;

    /// <summary>
    /// True for the chunk that is there for the usage alone: it has no choice, and no error. One that has choices and a usage
    /// stays as it is, as there are providers who always send that.
    /// </summary>
    public static bool IsExtra(ReadOnlySpan<byte> data) =>
        UsageIn(data) is { Kind: JsonTokenType.StartObject }
        && JsonMember.TryFind(data, "choices"u8, out var choices)
        && choices is { Kind: JsonTokenType.StartArray, Value: var start, End: var end }
        && data[(start + 1)..(end - 1)].Trim(JsonEdit.WhiteSpace).IsEmpty
        && JsonMember.TryFind(data, "error"u8, out var error) && error is null or { Kind: JsonTokenType.Null };

    /// <summary>The change that takes out <c>"usage":null</c>, which OpenAI puts into every other chunk; null where it is not.</summary>
    public static JsonEdit? WithoutNull(ReadOnlySpan<byte> data) =>
        UsageIn(data) is { Kind: JsonTokenType.Null } member ? JsonEdit.Remove(data, member) : null;

    /// <summary>Of the chunk itself: what stands in its text is the model's.</summary>
    private static JsonMember? UsageIn(ReadOnlySpan<byte> data) =>
        JsonMember.TryFind(data, "usage"u8, out var usage) ? usage : null;
}
