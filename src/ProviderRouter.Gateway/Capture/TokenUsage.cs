using System.Runtime.InteropServices;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Gateway.Capture;

/// <summary>How many tokens an answer says that it cost; null is what it does not say.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenUsage(long? Prompt, long? Completion, long? Cached, long? Reasoning)
{
    /// <summary>
    /// From <c>usage</c>, in the names of each API: https://platform.openai.com/docs/api-reference/chat/object,
    /// https://platform.openai.com/docs/api-reference/responses/object, https://docs.anthropic.com/en/api/messages
    /// </summary>
    public static TokenUsage Read(ref JsonWalk json)
    {
        var (usage, details) = (default(TokenUsage), default(TokenUsage));
        if (!json.EnterObject())
        {
            return usage;
        }

        while (json.NextField(out var name))
        {
            if (name.SequenceEqual("prompt_tokens"u8) || name.SequenceEqual("input_tokens"u8) || name.SequenceEqual("prompt_n"u8))
            {
                usage = usage with { Prompt = json.ReadCount() };
            }
            else if (name.SequenceEqual("completion_tokens"u8) || name.SequenceEqual("output_tokens"u8)
                || name.SequenceEqual("predicted_n"u8))
            {
                usage = usage with { Completion = json.ReadCount() };
            }
            else if (name.SequenceEqual("cached_tokens"u8) || name.SequenceEqual("cache_read_input_tokens"u8)
                || name.SequenceEqual("prompt_cache_hit_tokens"u8) || name.SequenceEqual("cache_n"u8))
            {
                usage = usage with { Cached = json.ReadCount() };
            }
            else if (name.SequenceEqual("reasoning_tokens"u8))
            {
                usage = usage with { Reasoning = json.ReadCount() };
            }
            else if (name.EndsWith("_tokens_details"u8))
            {
                details = Read(ref json).Or(details);
            }
            else
            {
                json.Skip();
            }
        }

        return usage with { Cached = details.Cached ?? usage.Cached, Reasoning = details.Reasoning ?? usage.Reasoning };
    }

    /// <summary>
    /// From llama.cpp's <c>timings</c>, where what came from the cache is no part of the prompt:
    /// https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
    /// </summary>
    public static TokenUsage ReadTimings(ref JsonWalk json)
    {
        var timings = Read(ref json);
        return timings with { Prompt = timings.Prompt + (timings.Cached ?? 0) };
    }

    /// <summary>What an answer says of itself, with these counts where there are any.</summary>
    public AuditUsage In(AuditUsage said)
    {
        var tokens = Or(new(said.PromptTokens, said.CompletionTokens, said.CachedTokens, said.ReasoningTokens));
        return said with
        {
            PromptTokens = tokens.Prompt,
            CompletionTokens = tokens.Completion,
            CachedTokens = tokens.Cached,
            ReasoningTokens = tokens.Reasoning,
        };
    }

    /// <summary>This, completed by what another says.</summary>
    public TokenUsage Or(TokenUsage other) =>
        new(Prompt ?? other.Prompt, Completion ?? other.Completion, Cached ?? other.Cached, Reasoning ?? other.Reasoning);
}
