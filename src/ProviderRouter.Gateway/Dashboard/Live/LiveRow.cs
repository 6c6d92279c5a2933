using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>An exchange as the live page lists it: as <c>history --json</c> has it; what is not known is left out.</summary>
/// <param name="Id">Counts requests up, in the order of writing.</param>
/// <param name="CreatedAt">In UTC.</param>
/// <param name="Outcome">How it ended; null while it has not.</param>
/// <param name="Prompt">The start of what the user said last.</param>
internal sealed record LiveRow(
    long Id, string RequestId, DateTime CreatedAt, string? Provider, string? Model, string? ResponseModel, string Endpoint, string Method,
    int? StatusCode, string? Outcome, string? Error, bool Stream, double? DurationMs, double? FirstByteMs, double? FirstTokenMs,
    long? PromptTokens, long? CompletionTokens, long? CachedTokens, long? ReasoningTokens, double? TokensPerSecond, string? FinishReason,
    long? ToolCalls, string? Key, string? Client, string? Replays, long RequestBytes, long? ResponseBytes, string? Prompt)
{
    public static LiveRow Of(AuditRecord record, string? prompt) => new(
        record.Id, record.RequestId, record.CreatedAt.UtcDateTime, record.Provider, record.Model, record.ResponseModel, record.Endpoint,
        record.Method, record.StatusCode, record.Outcome, record.Error, record.Stream, record.DurationMs, record.FirstByteMs,
        record.FirstTokenMs, record.PromptTokens, record.CompletionTokens, record.CachedTokens, record.ReasoningTokens,
        record.TokensPerSecond is { } speed ? Math.Round(speed, 2) : null, record.FinishReason, record.ToolCalls, record.ClientKey,
        record.Client, record.Replays, record.RequestBytes, record.ResponseBytes, prompt);
}
