namespace ProviderRouter.Gateway.Capture;

/// <summary>What an answer's JSON says of itself; null is what it does not say, or not readably.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="PromptTokens">As the provider counts them: with those from the cache (OpenAI) or without (Anthropic).</param>
/// <param name="CompletionTokens">With those of the reasoning.</param>
/// <param name="CachedTokens">The prompt's tokens that came from the provider's cache.</param>
/// <param name="ReasoningTokens">The completion's tokens that the answer does not show.</param>
/// <param name="FinishReason">Of the first choice that has one; of a response its status, or why it is incomplete.</param>
/// <param name="ToolCalls">How many, in all choices; null where the answer has no place for them.</param>
internal readonly record struct AnswerFacts(
    string? Model,
    long? PromptTokens,
    long? CompletionTokens,
    long? CachedTokens,
    long? ReasoningTokens,
    string? FinishReason,
    int? ToolCalls)
{
    /// <summary>Reads them in one pass; what stands before a defect counts.</summary>
    public static AnswerFacts Read(ReadOnlySpan<byte> json) => new AnswerReader(json).Read();
}
