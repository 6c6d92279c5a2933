namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// Reads the answers of <c>chat/completions</c>, <c>completions</c>, <c>embeddings</c>, <c>responses</c> and Anthropic's
/// <c>messages</c>: their fields have different names, so that one reader does for all. Sources:
/// https://platform.openai.com/docs/api-reference and https://docs.anthropic.com/en/api/messages
/// </summary>
internal ref struct AnswerReader(ReadOnlySpan<byte> text)
{
    private JsonWalk json = new(text);
    private string? model;
    private string? stopReason;
    private string? status;
    private string? incompleteReason;
    private int? calls;
    private AnswerChoices choices;
    private TokenUsage usage;
    private TokenUsage groqUsage;
    private TokenUsage timings;

    public AnswerFacts Read()
    {
        if (json.EnterObject())
        {
            while (json.NextField(out var name))
            {
                ReadField(name);
            }
        }

        var tokens = usage.Or(choices.Usage).Or(groqUsage).Or(timings);
        // Files and batches have a status too; of a response it counts, which has a list of items.
        var reason = choices.FinishReason ?? stopReason ?? (calls is null ? null : incompleteReason ?? status);
        return new AnswerFacts(
            model, tokens.Prompt, tokens.Completion, tokens.Cached, tokens.Reasoning, reason, choices.ToolCalls ?? calls);
    }

    private void ReadField(scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("model"u8))
        {
            model = json.ReadText();
        }
        else if (name.SequenceEqual("choices"u8))
        {
            choices.Read(ref json);
        }
        else if (name.SequenceEqual("output"u8))
        {
            calls = AnswerItems.Count(ref json, "_call"u8);
        }
        else if (name.SequenceEqual("content"u8))
        {
            // Beside tool_use: server_tool_use and mcp_tool_use.
            calls = AnswerItems.Count(ref json, "tool_use"u8);
        }
        else if (name.SequenceEqual("stop_reason"u8))
        {
            stopReason = json.ReadText();
        }
        else if (name.SequenceEqual("status"u8))
        {
            status = FinalStatus(json.RawText);
            json.Skip();
        }
        else if (name.SequenceEqual("usage"u8))
        {
            usage = TokenUsage.Read(ref json);
        }
        else if (name.SequenceEqual("timings"u8))
        {
            timings = TokenUsage.ReadTimings(ref json);
        }
        else if (name.SequenceEqual("incomplete_details"u8) || name.SequenceEqual("x_groq"u8))
        {
            ReadDetails();
        }
        else
        {
            json.Skip();
        }
    }

    /// <summary>The one field that counts in <c>incomplete_details</c>, and the one in Groq's <c>x_groq</c>.</summary>
    private void ReadDetails()
    {
        if (!json.EnterObject())
        {
            return;
        }

        while (json.NextField(out var name))
        {
            if (name.SequenceEqual("reason"u8))
            {
                incompleteReason = json.ReadText();
            }
            else if (name.SequenceEqual("usage"u8))
            {
                groqUsage = TokenUsage.Read(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    /// <summary>The status of a response that is over; one that is in progress has not finished.</summary>
    private static string? FinalStatus(ReadOnlySpan<byte> status) =>
        status.SequenceEqual("completed"u8) ? "completed"
        : status.SequenceEqual("incomplete"u8) ? "incomplete"
        : status.SequenceEqual("failed"u8) ? "failed"
        : status.SequenceEqual("cancelled"u8) ? "cancelled"
        : null;
}
