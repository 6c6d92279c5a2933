using System.Globalization;
using ProviderRouter.AuditLog.Questions.Stats;

namespace ProviderRouter.Gateway.Dashboard.Figures;

/// <summary>A figure as a tile shows it.</summary>
/// <param name="Name">By which a script finds it again.</param>
/// <param name="Label">What it is.</param>
/// <param name="Value">How much.</param>
/// <param name="More">What belongs to it.</param>
/// <param name="IsBad">True where somebody should look.</param>
/// <param name="Link">The address of the exchanges that it counts; null where there is none.</param>
public sealed record Figure(string Name, string Label, string Value, string More, bool IsBad = false, string? Link = null)
{
    /// <summary>The figures of some exchanges.</summary>
    /// <param name="figures">What was counted.</param>
    /// <param name="span">The time in which they came.</param>
    /// <param name="failures">The address of those that failed.</param>
    public static IReadOnlyList<Figure> Of(StatsFigures figures, TimeSpan span, string failures) =>
    [
        new("requests", "Requests", ReadableCount.From(figures.Count), Rate(figures.Count, span)),
        new("errors", "Errors", ReadableCount.From(figures.Errors),
            figures.Count == 0 ? "no requests" : Say($"{100.0 * figures.Errors / figures.Count:0.#} % of requests"), figures.Errors > 0,
            figures.Errors > 0 ? failures : null),
        new("duration", "Duration, median", Time(figures.Duration?.P50), $"p95 {Time(figures.Duration?.P95)}"),
        new("first-token", "First token, median", Time(figures.FirstToken?.P50),
            figures.FirstToken is null ? "no streams" : $"p95 {Time(figures.FirstToken.P95)} (streams)"),
        new("time", "Total time", figures.TotalMs > 0 ? ReadableDuration.From(figures.TotalMs) : "–", "of all requests"),
        new("tokens-in", "Tokens in", FiguresTable.Tokens(figures, figures.PromptTokens),
            Reported(figures, figures.CachedTokens > 0 ? $"{ReadableCount.From(figures.CachedTokens)} cached" : "of prompts")),
        new("tokens-out", "Tokens out", FiguresTable.Tokens(figures, figures.CompletionTokens),
            Reported(figures, figures.TokensPerSecond is { } speed ? $"median {ReadableCount.PerSecond(speed.P50)}/s" : "of answers")),
    ];

    /// <summary>Where not all came with tokens, how many did: the sums are theirs.</summary>
    private static string Reported(StatsFigures figures, string more) =>
        figures.WithTokens == figures.Count ? more : figures.WithTokens == 0 ? "none reported"
            : $"{more}; from {ReadableCount.From(figures.WithTokens)} of {ReadableCount.From(figures.Count)} requests";

    private static string Rate(long count, TimeSpan span) => count / span.TotalMinutes is >= 0.1 and var minutely ? Say($"{minutely:0.##} a minute")
        : count / span.TotalHours is >= 0.1 and var hourly ? Say($"{hourly:0.#} an hour") : count == 0 ? "none" : Say($"{count / span.TotalDays:0.##} a day");

    private static string Time(double? milliseconds) => milliseconds is null ? "–" : ReadableDuration.From(milliseconds);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
