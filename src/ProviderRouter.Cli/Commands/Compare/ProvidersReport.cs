using ProviderRouter.Comparison;

namespace ProviderRouter.Cli.Commands.Compare;

/// <summary>What <c>compare --from NAME --to NAME --json</c> prints.</summary>
/// <param name="Pairs">How many exchanges were asked of both.</param>
/// <param name="Replays">Of those, how many are repetitions; the others have the same body.</param>
internal sealed record ProvidersReport(
    int Pairs, int Replays, AnswerCounts Answers, ProviderFigures From, ProviderFigures To, IReadOnlyList<ListedPair> List);

/// <summary>How alike the answers of so many pairs are.</summary>
/// <param name="Same">The same text and the same calls of tools.</param>
/// <param name="SameToolCalls">The same calls of tools, with other words.</param>
/// <param name="Different">Another text, or other calls.</param>
/// <param name="NotCompared">One of them failed, or is not kept.</param>
internal sealed record AnswerCounts(int Same, int SameToolCalls, int Different, int NotCompared);

/// <summary>One of the two providers. Times and tokens are of the pairs that both answered with no error.</summary>
/// <param name="Failed">How many of its answers have another outcome than <c>ok</c>.</param>
/// <param name="Faster">In how many pairs it was the faster one.</param>
internal sealed record ProviderFigures(
    string Provider, int Failed, int Faster, double? MedianDurationMs, double? MedianFirstTokenMs, long PromptTokens, long CompletionTokens)
{
    public static ProviderFigures Of(string provider, SideTally side) => new(
        provider, side.Failed, side.Faster, side.MedianDurationMs, side.MedianFirstTokenMs, side.PromptTokens, side.CompletionTokens);
}

/// <summary>One pair.</summary>
/// <param name="From">The id of the exchange that the first provider answered.</param>
/// <param name="To">The id of the other.</param>
/// <param name="By"><c>replay</c>, or <c>body</c> where both have the same body.</param>
/// <param name="Verdict"><c>same</c>, <c>sameToolCalls</c>, <c>different</c>, <c>notCompared</c>.</param>
internal sealed record ListedPair(
    string From, string To, string By, string Verdict, string? FromOutcome, string? ToOutcome, double? FromDurationMs, double? ToDurationMs,
    double? FromFirstTokenMs, double? ToFirstTokenMs, long? FromTokens, long? ToTokens)
{
    public static ListedPair Of(ExchangePair pair, AnswerVerdict verdict) => new(
        pair.From.RequestId, pair.To.RequestId, pair.IsReplay ? "replay" : "body", TwoAnswersReport.NameOf(verdict), pair.From.Outcome, pair.To.Outcome,
        pair.From.DurationMs, pair.To.DurationMs, pair.From.FirstTokenMs, pair.To.FirstTokenMs,
        Tokens(pair.From.PromptTokens, pair.From.CompletionTokens), Tokens(pair.To.PromptTokens, pair.To.CompletionTokens));

    private static long? Tokens(long? prompt, long? completion) => prompt is null && completion is null ? null : (prompt ?? 0) + (completion ?? 0);
}
