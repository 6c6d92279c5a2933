using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Conversations;
using ProviderRouter.Readable;

namespace ProviderRouter.Comparison;

/// <summary>One exchange as it is compared with another.</summary>
/// <param name="Record">Its record.</param>
/// <param name="Text">What was answered in words, of all choices.</param>
/// <param name="ToolCalls">The tools that it calls, in their order.</param>
/// <param name="Reasoning">What the model thought before it spoke, as far as it is told; or empty.</param>
/// <param name="IsReadable">False where no whole answer is kept, or one that is nothing to read (embeddings).</param>
/// <param name="IsCut">True where only the beginning of it was read, as it is too long.</param>
public sealed record ComparedAnswer(AuditRecord Record, string Text, IReadOnlyList<ToolCallPart> ToolCalls, string Reasoning, bool IsReadable, bool IsCut)
{
    /// <summary>Reads one.</summary>
    public static ComparedAnswer Read(AuditRecord record, RecordedBodies bodies)
    {
        // Of the request nothing is asked here.
        var conversation = Conversation.Read(record.Endpoint, record.StatusCode, request: null, bodies.Response);
        var parts = conversation.Answers.SelectMany(answer => answer.Parts).ToList();
        var isReadable = parts.Count > 0 && bodies.IsResponseRead && !conversation.AnswerBreaksOff && record.ResponseBodyState is "whole"
            && !record.Endpoint.TrimEnd('/').EndsWith("/embeddings", StringComparison.OrdinalIgnoreCase);
        return new(
            record, string.Join('\n', parts.Select(TextOf).OfType<string>()), [.. parts.OfType<ToolCallPart>()],
            string.Join('\n', parts.OfType<ReasoningPart>().Select(part => part.Text).Where(text => text.Length > 0)), isReadable, !bodies.IsResponseRead);
    }

    /// <summary>How long its reasoning is, in characters.</summary>
    public int ReasoningCharacters => ReadableLength.Of(Reasoning);

    /// <summary>True when the provider answered, and with no error.</summary>
    public bool IsOk => Record.Outcome == "ok";

    private static string? TextOf(Part part) => part switch
    {
        TextPart text => text.Text,
        RefusalPart refusal => refusal.Text,
        ErrorPart error => error.Message,
        OtherPart other => other.Json,
        MediaPart media => $"[{media.Kind} {media.MediaType} {media.Bytes} {media.Url}]",
        _ => null,
    };
}
