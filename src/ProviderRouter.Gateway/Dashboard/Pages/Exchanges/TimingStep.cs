using System.Globalization;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>A bar of the waterfall: something that took time.</summary>
/// <param name="Label">What it was.</param>
/// <param name="Detail">How it went, or null.</param>
/// <param name="StartMs">When it began, from the request's arrival.</param>
/// <param name="EndMs">When it ended.</param>
/// <param name="TotalMs">How long all took.</param>
/// <param name="Tone">How it is coloured.</param>
public sealed record TimingStep(string Label, string? Detail, double StartMs, double EndMs, double TotalMs, Tone Tone)
{
    /// <summary>A shorter pause between two attempts is not told, in milliseconds.</summary>
    private const double ShortestPause = 10;

    /// <summary>No request is sent more often; an imported record may say so.</summary>
    private const int MostAttempts = 100;

    /// <summary>Where the bar begins, as a part of the whole in percent.</summary>
    public string X => Percent(StartMs);

    /// <summary>How wide it is; never so narrow that nobody sees it.</summary>
    public string Width => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0.4, Part(EndMs) - Part(StartMs)):0.##}%");

    /// <summary>What the bar says to a pointer.</summary>
    public string Title => $"{Label}: {ReadableDuration.From(EndMs - StartMs)}, from {ReadableDuration.From(StartMs)} to {ReadableDuration.From(EndMs)}";

    /// <summary>The bars of an exchange, in turn; empty while nothing is known.</summary>
    public static IReadOnlyList<TimingStep> Of(AuditRecord record)
    {
        var attempts = record.Attempts is { } json ? RecordedAttempt.Read(json) ?? [] : [];
        var asked = attempts.Aggregate(0.0, (end, attempt) => (attempt.StartMs ?? end) + (attempt.DurationMs ?? 0));
        var total = Math.Max(record.DurationMs ?? 0, Math.Max(asked, record.FirstTokenMs ?? record.FirstByteMs ?? 0));
        if (total <= 0)
        {
            return [];
        }

        var steps = new List<TimingStep>();
        var at = 0.0;
        foreach (var attempt in attempts.Take(MostAttempts))
        {
            var start = attempt.StartMs ?? at;
            if (at > 0 && start - at >= ShortestPause)
            {
                Add("Paused before asking again", at, start, Tone.Plain);
            }

            at = start + (attempt.DurationMs ?? 0);
            steps.Add(new(
                ShortText.Of(attempt.IsSkipped ? $"Passed over {attempt.Provider}" : $"Asked {attempt.Provider}"), ShortText.Of(OutcomeWords.Of(attempt)), start, at, total,
                attempt.IsOk ? Tone.Good : attempt.IsSkipped ? Tone.Warning : Tone.Bad));
        }

        if (attempts.Count > 1 && attempts.All(attempt => attempt.StartMs is null) && record.DurationMs is { } took && took - at >= ShortestPause)
        {
            steps.Add(new("Pauses between them", "when each of them began is not on record", at, took, total, Tone.Plain));
        }

        Add("Waiting for the first byte", 0, record.FirstByteMs ?? record.DurationMs, Tone.Plain);
        if (record.FirstTokenMs is not null)
        {
            Add("First byte to first token", record.FirstByteMs ?? 0, record.FirstTokenMs, Tone.Busy);
        }

        if (record.FirstByteMs is not null)
        {
            Add(record.FirstTokenMs is null ? "First byte to the end" : "First token to the end", record.FirstTokenMs ?? record.FirstByteMs.Value, record.DurationMs,
                OutcomeWords.ToneOf(record.Outcome));
        }

        return steps;

        void Add(string label, double start, double? end, Tone tone)
        {
            if (end is { } known)
            {
                steps.Add(new(label, null, start, Math.Max(start, known), total, tone));
            }
        }
    }

    private double Part(double milliseconds) => Math.Clamp(milliseconds / TotalMs * 100, 0, 100);

    private string Percent(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(99.6, Part(milliseconds)):0.##}%");
}
