using ProviderRouter.Settings;

namespace ProviderRouter.AuditLog.Questions;

/// <summary>
/// The values of a filter as people type them. What is none is told as what the option takes and what came instead, to stand behind the
/// option's name; then the value is null.
/// </summary>
public static class FilterValue
{
    /// <summary>A moment: <c>2h</c>, <c>yesterday</c>, RFC 3339.</summary>
    public static DateTimeOffset? Moment(string text, TimeProvider time, Action<string> problem) =>
        PointInTime.TryParse(text, time, out var moment) ? moment : Wrong<DateTimeOffset>(PointInTime.Allowed, text, problem);

    /// <summary>A status or a class of them: <c>429</c>, <c>5xx</c>.</summary>
    public static StatusRange? Status(string text, Action<string> problem) =>
        StatusRange.TryParse(text, out var range) ? range : Wrong<StatusRange>(StatusRange.Allowed, text, problem);

    /// <summary>How an exchange ended (<see cref="OutcomeNames"/>), <see cref="ExchangeFilter.Open"/> or <see cref="ExchangeFilter.Failed"/>.</summary>
    public static string? Outcome(string text, Action<string> problem)
    {
        var outcome = text.Trim().ToLowerInvariant();
        if (Outcomes.Contains(outcome))
        {
            return outcome;
        }

        problem($"takes {string.Join(", ", Outcomes)}, not {KeyLike.Quote(text)}.");
        return null;
    }

    /// <summary>How long something took: <c>500ms</c>, <c>10s</c>.</summary>
    public static TimeSpan? Duration(string text, Action<string> problem) =>
        TimeLimit.TryParse(text, out var duration) ? duration : Wrong<TimeSpan>("a duration such as 500ms, 10s or 2m", text, problem);

    /// <summary>How many tokens.</summary>
    public static long? Tokens(string text, Action<string> problem) =>
        long.TryParse(text, out var tokens) && tokens >= 0 ? tokens : Wrong<long>("a whole number", text, problem);

    /// <summary>What to look for in requests and answers.</summary>
    public static TextQuery? Search(string text, Action<string> problem)
    {
        var query = TextQuery.Parse(text);
        if (query is null)
        {
            problem("takes words with letters or digits in them.");
        }

        return query;
    }

    /// <summary>All outcomes that can be asked for.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = [.. Enum.GetValues<Outcome>().Select(one => one.Name()), ExchangeFilter.Open, ExchangeFilter.Failed];

    private static T? Wrong<T>(string allowed, string text, Action<string> problem)
        where T : struct
    {
        problem($"takes {allowed}, not {KeyLike.Quote(text)}.");
        return null;
    }
}
