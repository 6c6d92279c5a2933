using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Comparison;

/// <summary>One provider's figures. Times and tokens are of the pairs that both answered with no error.</summary>
public sealed class SideTally
{
    private readonly List<double> durations = [];
    private readonly List<double> firstTokens = [];

    /// <summary>How many of its answers are failures: all whose outcome is not <c>ok</c>.</summary>
    public int Failed { get; internal set; }

    /// <summary>In how many pairs it was the faster one.</summary>
    public int Faster { get; private set; }

    /// <summary>Half of its answers took no longer, in milliseconds; null without any.</summary>
    public double? MedianDurationMs => Median(durations);

    /// <summary>The same to the first token, of the pairs where both tell.</summary>
    public double? MedianFirstTokenMs => Median(firstTokens);

    /// <summary>Tokens of its prompts, of the pairs where both report tokens.</summary>
    public long PromptTokens { get; private set; }

    /// <summary>Tokens of its answers, of the pairs where both report tokens.</summary>
    public long CompletionTokens { get; private set; }

    internal void Add(AuditRecord mine, AuditRecord other)
    {
        Faster += mine.DurationMs < other.DurationMs ? 1 : 0;
        Add(durations, mine.DurationMs, other.DurationMs);
        Add(firstTokens, mine.FirstTokenMs, other.FirstTokenMs);
        if (HasTokens(mine) && HasTokens(other))
        {
            PromptTokens += mine.PromptTokens ?? 0;
            CompletionTokens += mine.CompletionTokens ?? 0;
        }
    }

    private static bool HasTokens(AuditRecord record) => record.PromptTokens is not null || record.CompletionTokens is not null;

    private static void Add(List<double> times, double? mine, double? other)
    {
        if (mine is { } time && other is not null)
        {
            times.Add(time);
        }
    }

    /// <summary>By nearest rank, as elsewhere.</summary>
    private static double? Median(List<double> times)
    {
        times.Sort();
        return times.Count == 0 ? null : times[(times.Count - 1) / 2];
    }
}
