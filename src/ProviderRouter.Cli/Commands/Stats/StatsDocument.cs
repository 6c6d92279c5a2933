using ProviderRouter.AuditLog.Questions.Stats;

namespace ProviderRouter.Cli.Commands.Stats;

/// <summary>What <c>stats --json</c> prints.</summary>
/// <param name="Total">How many exchanges.</param>
/// <param name="ByProvider">With <c>--by provider</c>: the groups as scripts have always read them.</param>
/// <param name="By">What is counted together.</param>
internal sealed record StatsDocument(
    long Total, IReadOnlyList<ProviderRow>? ByProvider, string By, DateTime? First, DateTime? Last, StatsRow Overall, IReadOnlyList<StatsRow> Groups)
{
    public static StatsDocument Of(StatsReport report, StatsGrouping grouping)
    {
        var minutes = report.Last - report.First is { TotalMinutes: > 0 and var span } ? span : default(double?);
        return new(
            report.Overall.Count,
            grouping == StatsGrouping.Provider ? [.. report.Groups.Select(ProviderRow.Of)] : null,
            grouping.ToString().ToLowerInvariant(), report.First?.UtcDateTime, report.Last?.UtcDateTime,
            StatsRow.Of(report.Overall, minutes), [.. report.Groups.Select(group => StatsRow.Of(group, minutes))]);
    }
}

/// <summary>A provider's figures.</summary>
internal sealed record ProviderRow(string? Provider, long Count, long Errors, double? AvgDurationMs, double? P50DurationMs, double? P95DurationMs)
{
    public static ProviderRow Of(StatsFigures figures) => new(
        figures.Key, figures.Count, figures.Errors, figures.Duration?.Mean, figures.Duration?.P50, figures.Duration?.P95);
}

/// <summary>A group's figures.</summary>
/// <param name="Key">What they have in common; null where it is not known.</param>
/// <param name="ErrorRate">From 0 to 1.</param>
/// <param name="PerMinute">How many came in a minute, from the first of all to the last.</param>
/// <param name="WithTokens">How many came with tokens; the sums are theirs.</param>
internal sealed record StatsRow(
    string? Key, long Count, long Errors, double ErrorRate, double? PerMinute, IReadOnlyDictionary<string, long> Outcomes,
    Distribution? DurationMs, Distribution? FirstTokenMs, Distribution? TokensPerSecond,
    long WithTokens, long PromptTokens, long CompletionTokens, long CachedTokens)
{
    public static StatsRow Of(StatsFigures figures, double? minutes) => new(
        figures.Key, figures.Count, figures.Errors, figures.Count == 0 ? 0 : Math.Round((double)figures.Errors / figures.Count, 6),
        minutes is { } span ? Math.Round(figures.Count / span, 3) : null, figures.Outcomes,
        figures.Duration, figures.FirstToken, figures.TokensPerSecond,
        figures.WithTokens, figures.PromptTokens, figures.CompletionTokens, figures.CachedTokens);
}
