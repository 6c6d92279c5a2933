using ProviderRouter.Comparison;
using ProviderRouter.Comparison.Texts;
using ProviderRouter.Conversations;

namespace ProviderRouter.Cli.Commands.Compare;

/// <summary>What <c>compare ID ID --json</c> prints.</summary>
/// <param name="Verdict"><c>same</c>, <c>sameToolCalls</c>, <c>different</c>, <c>notCompared</c>.</param>
/// <param name="RequestsDifferIn">The fields in which the requests differ, but for model and stream; null where a request is not kept.</param>
/// <param name="DiffUnit">What the texts were compared by: <c>word</c>, <c>line</c>, <c>text</c>.</param>
internal sealed record TwoAnswersReport(
    string Verdict, IReadOnlyList<string>? RequestsDifferIn, bool SameText, bool SameToolCalls, AnswerReport Left, AnswerReport Right,
    IReadOnlyList<ToolCallReport> ToolCalls, string DiffUnit, IReadOnlyList<DiffReport> Diff)
{
    public static TwoAnswersReport Of(TwoAnswers two) => new(
        NameOf(two.Verdict), two.RequestFields, two.Diff.IsSame, ToolCallMatch.AreSame(two.Left.ToolCalls, two.Right.ToolCalls), AnswerReport.Of(two.Left),
        AnswerReport.Of(two.Right), [.. two.ToolCalls.Select(ToolCallReport.Of)], $"{two.Diff.Unit}".ToLowerInvariant(),
        [.. two.Diff.Pieces.Select(piece => new DiffReport($"{piece.Kind}".ToLowerInvariant(), piece.Text))]);

    /// <summary>A verdict as JSON has it.</summary>
    public static string NameOf(AnswerVerdict verdict) => verdict switch
    {
        AnswerVerdict.Same => "same",
        AnswerVerdict.SameToolCalls => "sameToolCalls",
        AnswerVerdict.Different => "different",
        _ => "notCompared",
    };
}

/// <summary>One of the two.</summary>
/// <param name="ReasoningLetters">How long its reasoning is, in characters.</param>
internal sealed record AnswerReport(
    string RequestId, string? Provider, string? Model, int? StatusCode, string? Outcome, string? Error, double? DurationMs, double? FirstTokenMs,
    double? TokensPerSecond, long? PromptTokens, long? CompletionTokens, long? CachedTokens, long? ReasoningTokens, string? FinishReason,
    int ReasoningLetters, string Text)
{
    public static AnswerReport Of(ComparedAnswer answer)
    {
        var record = answer.Record;
        return new(
            record.RequestId, record.Provider, record.ResponseModel ?? record.Model, record.StatusCode, record.Outcome, record.Error, record.DurationMs,
            record.FirstTokenMs, record.TokensPerSecond, record.PromptTokens, record.CompletionTokens, record.CachedTokens, record.ReasoningTokens,
            record.FinishReason, answer.ReasoningCharacters, answer.Text);
    }
}

/// <summary>Two calls in the same place.</summary>
internal sealed record ToolCallReport(bool Same, CallReport? Left, CallReport? Right)
{
    public static ToolCallReport Of(ToolCallMatch match) => new(match.IsSame, CallReport.Of(match.Left), CallReport.Of(match.Right));
}

/// <summary>A call of a tool, its arguments as they were sent.</summary>
internal sealed record CallReport(string Name, string Arguments)
{
    public static CallReport? Of(ToolCallPart? call) => call is null ? null : new(call.Name, call.Arguments);
}

/// <summary>A piece of the texts: <c>same</c>, <c>removed</c> (in the left one alone), <c>added</c>.</summary>
internal sealed record DiffReport(string Kind, string Text);
