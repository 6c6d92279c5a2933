using System.Text.Json;

namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// What the <c>choices</c> of an answer say, all together. Source: https://platform.openai.com/docs/api-reference/chat/object
/// </summary>
internal struct AnswerChoices
{
    /// <summary>Of the first that has one.</summary>
    public string? FinishReason { get; private set; }

    /// <summary>In all of them; null when there is no list of choices.</summary>
    public int? ToolCalls { get; private set; }

    /// <summary>Moonshot's streams have it here.</summary>
    public TokenUsage Usage { get; private set; }

    /// <summary>Reads the list here.</summary>
    public void Read(ref JsonWalk json)
    {
        if (!json.EnterList())
        {
            return;
        }

        ToolCalls ??= 0;
        while (json.NextElement())
        {
            if (json.EnterObject())
            {
                ReadChoice(ref json);
            }
        }
    }

    private void ReadChoice(ref JsonWalk json)
    {
        while (json.NextField(out var name))
        {
            if (name.SequenceEqual("message"u8))
            {
                ReadMessage(ref json);
            }
            else if (name.SequenceEqual("finish_reason"u8) && FinishReason is null)
            {
                FinishReason = json.ReadText();
            }
            else if (name.SequenceEqual("usage"u8))
            {
                Usage = Usage.Or(TokenUsage.Read(ref json));
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadMessage(ref JsonWalk json)
    {
        if (!json.EnterObject())
        {
            return;
        }

        while (json.NextField(out var name))
        {
            if (name.SequenceEqual("tool_calls"u8))
            {
                ToolCalls += CountObjects(ref json);
            }
            else
            {
                ToolCalls += name.SequenceEqual("function_call"u8) && json.Kind == JsonTokenType.StartObject ? 1 : 0;
                json.Skip();
            }
        }
    }

    private static int CountObjects(ref JsonWalk json)
    {
        if (!json.EnterList())
        {
            return 0;
        }

        var count = 0;
        while (json.NextElement())
        {
            count += json.Kind == JsonTokenType.StartObject ? 1 : 0;
            json.Skip();
        }

        return count;
    }
}
