namespace ProviderRouter.AuditLog;

/// <summary>What an answer says of itself, as its provider reports it; null where it says nothing.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="PromptTokens">Tokens of the request.</param>
/// <param name="CompletionTokens">Tokens of the answer.</param>
/// <param name="CachedTokens">Of the request's tokens, those that came from the provider's cache.</param>
/// <param name="ReasoningTokens">Of the answer's tokens, those that were spent on reasoning.</param>
/// <param name="FinishReason">Why the model stopped: <c>stop</c>, <c>length</c>, <c>tool_calls</c> and so on.</param>
/// <param name="ToolCalls">How many tools the answer calls.</param>
public sealed record AuditUsage(
    string? Model, long? PromptTokens, long? CompletionTokens, long? CachedTokens, long? ReasoningTokens, string? FinishReason, int? ToolCalls)
{
    /// <summary>It says nothing.</summary>
    public static readonly AuditUsage Unknown = new(null, null, null, null, null, null, null);
}
