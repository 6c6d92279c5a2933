using System.Text.Json.Nodes;

namespace FakeUpstream;

/// <summary>The same numbers in every answer, whatever was asked, so that tests can expect them.</summary>
public static class FakeUsage
{
    public const int PromptTokens = 12;
    public const int CachedTokens = 4;
    public const int CompletionTokens = 7;
    public const int ReasoningTokens = 3;
    public const int TotalTokens = PromptTokens + CompletionTokens;

    /// <summary>Unix seconds; every <c>created</c> bears it.</summary>
    public const long Created = 1_700_000_000;

    internal static JsonObject Chat() => new()
    {
        ["prompt_tokens"] = PromptTokens,
        ["completion_tokens"] = CompletionTokens,
        ["total_tokens"] = TotalTokens,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = CachedTokens },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = ReasoningTokens },
    };

    internal static JsonObject Responses() => new()
    {
        ["input_tokens"] = PromptTokens,
        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = CachedTokens },
        ["output_tokens"] = CompletionTokens,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = ReasoningTokens },
        ["total_tokens"] = TotalTokens,
    };

    internal static JsonObject Messages(int outputTokens) => new()
    {
        ["input_tokens"] = PromptTokens,
        ["cache_creation_input_tokens"] = 0,
        ["cache_read_input_tokens"] = CachedTokens,
        ["output_tokens"] = outputTokens,
    };
}
