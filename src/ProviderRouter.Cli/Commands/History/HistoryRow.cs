namespace ProviderRouter.Cli.Commands.History;

/// <summary>One request as <c>history --json</c> prints it.</summary>
/// <param name="CreatedAt">In UTC.</param>
/// <param name="Prompt">The start of what the user said last.</param>
/// <param name="Snippet">With <c>--search</c>: the text around what was found.</param>
internal sealed record HistoryRow(
    string RequestId, DateTime CreatedAt, string? Provider, string? Model, string Endpoint, string Method, int? StatusCode,
    double? DurationMs, bool Stream, string? Error, string? Outcome, string? ResponseModel, double? FirstByteMs, double? FirstTokenMs,
    long? PromptTokens, long? CompletionTokens, long? CachedTokens, long? ReasoningTokens, double? TokensPerSecond, string? FinishReason,
    long? ToolCalls, string? Key, string? Client, string? Replays, long RequestBytes, long? ResponseBytes, string? Prompt, string? Snippet)
{
    public static HistoryRow Of(HistoryItem item)
    {
        var record = item.Record;
        return new(
            record.RequestId, record.CreatedAt.UtcDateTime, record.Provider, record.Model, record.Endpoint, record.Method, record.StatusCode,
            record.DurationMs, record.Stream, record.Error, record.Outcome, record.ResponseModel, record.FirstByteMs, record.FirstTokenMs,
            record.PromptTokens, record.CompletionTokens, record.CachedTokens, record.ReasoningTokens,
            record.TokensPerSecond is { } speed ? Math.Round(speed, 2) : null, record.FinishReason, record.ToolCalls, record.ClientKey,
            record.Client, record.Replays, record.RequestBytes, record.ResponseBytes, item.Prompt, item.Hit?.Snippet);
    }
}
