using System.Text.Json;

namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>
/// Tells what a user waits for from what only opens or closes an answer. What is left of a value is for the caller to skip.
/// Sources: https://platform.openai.com/docs/api-reference/chat-streaming (with the <c>reasoning_content</c> of DeepSeek, Qwen
/// and vLLM, the <c>reasoning</c> of Groq and OpenRouter) and https://docs.anthropic.com/en/api/messages-streaming
/// </summary>
internal static class EventContent
{
    /// <summary>In the <c>choices</c> of a chunk, of <c>chat/completions</c> or of <c>completions</c>.</summary>
    public static bool IsInChoices(ref JsonWalk json)
    {
        var found = false;
        for (var more = json.EnterList(); more && json.NextElement();)
        {
            for (var inside = json.EnterObject(); inside && json.NextField(out var name);)
            {
                if (name.SequenceEqual("delta"u8))
                {
                    found |= IsInChatDelta(ref json);
                }
                else
                {
                    found |= name.SequenceEqual("text"u8) && IsSomething(ref json);
                    json.Skip();
                }
            }
        }

        return found;
    }

    /// <summary>In the <c>delta</c> of an event: text, or in Anthropic's form an object of a type and the text.</summary>
    public static bool IsInDelta(ref JsonWalk json)
    {
        if (json.Kind != JsonTokenType.StartObject)
        {
            return IsSomething(ref json);
        }

        var found = false;
        for (var inside = json.EnterObject(); inside && json.NextField(out var name);)
        {
            found |= !name.SequenceEqual("type"u8) && IsSomething(ref json);
            json.Skip();
        }

        return found;
    }

    /// <summary>True for a <c>content_block</c> that is a tool call, of whichever kind.</summary>
    public static bool IsToolBlock(ref JsonWalk json)
    {
        var found = false;
        for (var inside = json.EnterObject(); inside && json.NextField(out var name);)
        {
            found |= name.SequenceEqual("type"u8) && json.RawText.EndsWith("tool_use"u8);
            json.Skip();
        }

        return found;
    }

    private static bool IsInChatDelta(ref JsonWalk json)
    {
        var found = false;
        for (var inside = json.EnterObject(); inside && json.NextField(out var name);)
        {
            found |= (name.SequenceEqual("content"u8) || name.SequenceEqual("reasoning_content"u8)
                || name.SequenceEqual("reasoning"u8) || name.SequenceEqual("refusal"u8) || name.SequenceEqual("tool_calls"u8)
                || name.SequenceEqual("function_call"u8) || name.SequenceEqual("audio"u8)) && IsSomething(ref json);
            json.Skip();
        }

        return found;
    }

    /// <summary>True for text and lists that are not empty, for any object, and for a value that is cut off: it is long.</summary>
    private static bool IsSomething(ref JsonWalk json)
    {
        if (json.Kind != JsonTokenType.StartArray)
        {
            return json.Kind is JsonTokenType.StartObject or JsonTokenType.None || !json.RawText.IsEmpty;
        }

        var found = false;
        for (var inside = json.EnterList(); inside && json.NextElement();)
        {
            found = true;
            json.Skip();
        }

        return found || json.Kind == JsonTokenType.None;
    }
}
