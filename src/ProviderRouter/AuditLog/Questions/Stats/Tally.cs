namespace ProviderRouter.AuditLog.Questions.Stats;

/// <summary>Counts the exchanges of a group.</summary>
internal sealed class Tally
{
    private const double MicrosecondsInMillisecond = 1000;

    /// <summary>Tokens a second are counted in thousandths.</summary>
    private const double SpeedUnit = 1000;

    private readonly Dictionary<string, long> outcomes = new(StringComparer.Ordinal);
    private readonly Samples durations = new();
    private readonly Samples firstTokens = new();
    private readonly Samples speeds = new();
    private string? lastOutcome;
    private long ofLastOutcome;
    private long withTokens;
    private long promptTokens;
    private long completionTokens;
    private long cachedTokens;
    private long last;

    /// <summary>How many were counted.</summary>
    public long Count { get; private set; }

    /// <summary>Counts one.</summary>
    /// <param name="receivedUs">When it came in, in Unix microseconds.</param>
    /// <param name="entry">What is counted of it.</param>
    public void Add(long receivedUs, in TallyEntry entry)
    {
        Count++;
        last = Math.Max(last, receivedUs);
        CountOutcome(entry.Outcome ?? ExchangeFilter.Open);
        if (entry.DurationUs is >= 0 and var duration)
        {
            durations.Add(duration);
            var took = duration - Math.Max(0, entry.FirstTokenUs);
            if (entry.CompletionTokens > 0 && took > 0)
            {
                speeds.Add((long)(entry.CompletionTokens * (1_000_000 * SpeedUnit) / took));
            }
        }

        if (entry.FirstTokenUs >= 0)
        {
            firstTokens.Add(entry.FirstTokenUs);
        }

        withTokens += entry.PromptTokens >= 0 || entry.CompletionTokens >= 0 ? 1 : 0;
        promptTokens = Sum(promptTokens, entry.PromptTokens);
        completionTokens = Sum(completionTokens, entry.CompletionTokens);
        cachedTokens = Sum(cachedTokens, entry.CachedTokens);
    }

    /// <summary>The figures.</summary>
    public StatsFigures Figures(string? key)
    {
        CountOutcome(null);
        return new StatsFigures
        {
            Key = key,
            Count = Count,
            Errors = outcomes.Where(pair => ExchangeFilter.IsFailure(pair.Key)).Sum(pair => pair.Value),
            Outcomes = outcomes.OrderByDescending(pair => pair.Value).ToDictionary(),
            TotalMs = durations.Sum / MicrosecondsInMillisecond,
            Duration = durations.Spread(MicrosecondsInMillisecond),
            FirstToken = firstTokens.Spread(MicrosecondsInMillisecond),
            TokensPerSecond = speeds.Spread(SpeedUnit),
            WithTokens = withTokens,
            PromptTokens = promptTokens,
            CompletionTokens = completionTokens,
            CachedTokens = cachedTokens,
            Last = Count == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(last * TimeSpan.TicksPerMicrosecond),
        };
    }

    // A provider may report any number: what is too much stays the most, and does not become less than nothing.
    private static long Sum(long sum, long tokens) => tokens <= 0 ? sum : sum > long.MaxValue - tokens ? long.MaxValue : sum + tokens;

    // Most end as the one before did, and in blocks of the index they share the string.
    private void CountOutcome(string? outcome)
    {
        if (!ReferenceEquals(outcome, lastOutcome))
        {
            if (lastOutcome is not null)
            {
                outcomes[lastOutcome] = outcomes.GetValueOrDefault(lastOutcome) + ofLastOutcome;
            }

            (lastOutcome, ofLastOutcome) = (outcome, 0);
        }

        ofLastOutcome++;
    }
}
