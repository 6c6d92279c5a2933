using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProviderRouter.JsonEdits;

namespace ProviderRouter.Gateway.StreamUsage;

/// <summary>
/// The question for the tokens of a stream, put into a request that does not ask it. Source:
/// https://platform.openai.com/docs/api-reference/chat/create#chat_create-stream_options
/// </summary>
internal static class UsageQuestion
{
    private static readonly byte[] Member = [.. "\"include_usage\":true"u8];
    private static readonly byte[] Options = [.. "{"u8, .. Member, .. "}"u8];
    private static readonly byte[] True = [.. "true"u8];

    /// <summary>True for a request that may ask for a stream of chunks.</summary>
    public static bool IsFor(HttpRequest request) => IsAt(request, "/v1/chat/completions") || IsAt(request, "/v1/completions");

    private static bool IsAt(HttpRequest request, string path) => request.Path.Equals(path, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The change that asks; null where the body is not for a stream or asks already, and where it is not so clear what it
    /// says (no JSON, a name twice, a value of a wrong type): that is for the provider to judge as the client wrote it.
    /// </summary>
    public static JsonEdit? For(ReadOnlySpan<byte> body)
    {
        if (!JsonMember.TryFind(body, "stream"u8, out var stream) || stream is not { Kind: JsonTokenType.True }
            || !JsonMember.TryFind(body, "stream_options"u8, out var options))
        {
            return null;
        }

        return options switch
        {
            null => JsonEdit.Insert(body, [.. "\"stream_options\":"u8, .. Options]),
            { Kind: JsonTokenType.Null } => JsonEdit.Replace(options.Value, Options),
            { Kind: JsonTokenType.StartObject, Value: var start, End: var end } => Within(body[start..end])?.Behind(start),
            _ => null,
        };
    }

    private static JsonEdit? Within(ReadOnlySpan<byte> options)
    {
        // vLLM's: what was without effect would, together with our question, bring a count into every chunk.
        if (!JsonMember.TryFind(options, "continuous_usage_stats"u8, out var everywhere) || everywhere is { Kind: not JsonTokenType.False }
            || !JsonMember.TryFind(options, "include_usage"u8, out var asked))
        {
            return null;
        }

        return asked is not { } member ? JsonEdit.Insert(options, Member)
            : member.Kind is JsonTokenType.False or JsonTokenType.Null ? JsonEdit.Replace(member, True)
            : null;
    }
}
