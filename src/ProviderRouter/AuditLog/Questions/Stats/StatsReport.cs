namespace ProviderRouter.AuditLog.Questions.Stats;

/// <summary>Figures of exchanges.</summary>
/// <param name="Overall">Of all of them.</param>
/// <param name="Groups">Of each group: the largest first, minutes, hours and days in their order, those without any among them left out.</param>
/// <param name="First">When the first of them came in; null without any.</param>
/// <param name="Last">When the last of them did.</param>
public sealed record StatsReport(StatsFigures Overall, IReadOnlyList<StatsFigures> Groups, DateTimeOffset? First, DateTimeOffset? Last)
{
    /// <summary>Of none.</summary>
    public static readonly StatsReport Empty = new(new() { Count = 0, Errors = 0, Outcomes = new Dictionary<string, long>(StringComparer.Ordinal) }, [], First: null, Last: null);
}

/// <summary>Figures of a group of exchanges. Counts and sums are exact; percentiles are within 1 %.</summary>
public sealed record StatsFigures
{
    /// <summary>What they have in common: a name, a status, the begin of a minute, an hour or a day in local time; null where it is not known.</summary>
    public string? Key { get; init; }

    /// <summary>How many.</summary>
    public required long Count { get; init; }

    /// <summary>How many of them ended in another way than <c>ok</c>; those without an answer yet are not among them.</summary>
    public required long Errors { get; init; }

    /// <summary>How many ended in which way (<see cref="OutcomeNames"/>), <see cref="ExchangeFilter.Open"/> included.</summary>
    public required IReadOnlyDictionary<string, long> Outcomes { get; init; }

    /// <summary>From the request's arrival to the end of its answer, in milliseconds; null where there is none.</summary>
    public Distribution? Duration { get; init; }

    /// <summary>All durations together, in milliseconds; of answers at the same time, each counts.</summary>
    public double TotalMs { get; init; }

    /// <summary>From the request's arrival to a stream's first content, in milliseconds; null where there is none.</summary>
    public Distribution? FirstToken { get; init; }

    /// <summary>Tokens of the answer a second, of each exchange (<see cref="AuditRecord.TokensPerSecond"/>); null where there is none.</summary>
    public Distribution? TokensPerSecond { get; init; }

    /// <summary>How many of them came with tokens, of the prompt or of the answer: of others, the provider said none.</summary>
    public long WithTokens { get; init; }

    /// <summary>The sum of the prompts' tokens.</summary>
    public long PromptTokens { get; init; }

    /// <summary>The sum of the answers' tokens.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>When the last of them came in; null without any.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>Of the prompts' tokens, those that the provider had in its cache.</summary>
    public long CachedTokens { get; init; }
}

/// <summary>How values are spread: their mean, and by nearest rank the value that so many percent of them do not exceed.</summary>
public sealed record Distribution(double Mean, double P50, double P90, double P95, double P99);
