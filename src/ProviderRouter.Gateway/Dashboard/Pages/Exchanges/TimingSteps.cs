using System.Globalization;
using System.Runtime.InteropServices;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>
/// Takes the time of an exchange apart. The log has each attempt from when it was asked to its end: of the one that answered, that is the end
/// of the answer, so its bars are the wait for the first byte and what came then. Of a single attempt the log has no more than that.
/// </summary>
internal sealed class TimingSteps
{
    /// <summary>A shorter pause between two attempts is not told, in milliseconds.</summary>
    private const double ShortestPause = 10;

    /// <summary>No request is sent more often; an imported record may say so.</summary>
    private const int MostAttempts = 100;

    private readonly AuditRecord record;
    private readonly IReadOnlyList<RecordedAttempt> attempts;
    private readonly List<TimingStep> steps = [];
    private readonly double total;

    public TimingSteps(AuditRecord record)
    {
        this.record = record;
        attempts = [.. (record.Attempts is { } json ? RecordedAttempt.Read(json) : OnlyOne(record))?.Take(MostAttempts) ?? []];
        var asked = attempts.Aggregate(0.0, (end, attempt) => (attempt.StartMs ?? end) + (attempt.DurationMs ?? 0));
        total = Math.Max(record.DurationMs ?? 0, Math.Max(asked, record.FirstTokenMs ?? record.FirstByteMs ?? 0));
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<TimingStep> ToList()
    {
        if (total <= 0)
        {
            return [];
        }

        var at = 0.0;
        for (var i = 0; i < attempts.Count; i++)
        {
            var span = SpanOf(i, at);
            if (i > 0 && span.Start - at >= ShortestPause)
            {
                // Of earlier records the last attempt's beginning alone is known, by its end.
                var isSum = attempts[i].StartMs is null && i > 1;
                Add(isSum ? "Pauses between them" : "Paused before asking again", isSum ? "when each of them began is not on record" : null, at, span.Start, Tone.Plain);
            }

            var attempt = attempts[i];
            if (i == attempts.Count - 1 && IsAnswered && !attempt.IsSkipped)
            {
                AddAnswer($"Asked {attempt.Provider}, until its first byte", OutcomeWords.Of(attempt), span.Start);
                return steps;
            }

            at = span.End;
            Add(
                attempt.IsSkipped ? $"Passed over {attempt.Provider}" : $"Asked {attempt.Provider}", OutcomeWords.Of(attempt), span.Start, at,
                attempt.IsOk ? Tone.Good : attempt.IsSkipped ? Tone.Warning : Tone.Bad);
        }

        if (attempts.Count == 0)
        {
            AddAnswer("Until the first byte", record.Outcome is null ? null : OutcomeWords.Short(record.Outcome), 0);
        }

        return steps;
    }

    /// <summary>The attempt of an exchange that had but one, which the log does not list; null where nobody was asked.</summary>
    private static RecordedAttempt[]? OnlyOne(AuditRecord record) => record is { Provider: { } provider, Outcome: { } outcome and not ("rejected" or "router_error") }
        ? [new(provider, outcome, record.UpstreamStatus?.ToString(CultureInfo.InvariantCulture) ?? "", Error: "", StartMs: 0, record.DurationMs, Model: "")] : null;

    /// <summary>True where somebody began to answer: the router's own errors have a first byte, too.</summary>
    private bool IsAnswered => record.FirstByteMs is not null && !OutcomeWords.IsTheRouters(record);

    /// <summary>When an attempt was under way; the last one ended with the exchange.</summary>
    private Span SpanOf(int attempt, double earliest)
    {
        var took = attempts[attempt].DurationMs ?? 0;
        var start = attempts[attempt].StartMs
            ?? (attempt > 0 && attempt == attempts.Count - 1 && record.DurationMs is { } end ? Math.Max(earliest, end - took) : earliest);
        return new(start, start + took);
    }

    /// <summary>From when it was asked to the end of its answer.</summary>
    private void AddAnswer(string label, string? how, double asked)
    {
        var (first, token) = (record.FirstByteMs ?? record.DurationMs ?? asked, record.FirstTokenMs);
        Add(label, how, Math.Min(asked, first), first, Tone.Plain);
        if (token is { } told)
        {
            Add("First byte to first token", null, first, told, Tone.Busy);
        }

        if (record is { FirstByteMs: not null, DurationMs: { } end })
        {
            Add(token is null ? "First byte to the end" : "First token to the end", null, token ?? first, end, OutcomeWords.ToneOf(record.Outcome));
        }
    }

    private void Add(string label, string? detail, double start, double end, Tone tone) =>
        steps.Add(new(ShortText.Of(label), detail is null ? null : ShortText.Of(detail), start, Math.Max(start, end), total, tone));

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Span(double Start, double End);
}
