using System.Text.Json;

namespace ProviderRouter.AuditLog.Writing;

/// <summary>A time in which the log cannot be written: since when, why, and when to try again. For the writer's thread.</summary>
internal sealed class Outage(string reason, TimeProvider time)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    private long nextAttempt = time.GetTimestamp();
    private long lastReport = time.GetTimestamp();

    /// <summary>Why, and what to do.</summary>
    public string Reason { get; private set; } = reason;

    /// <summary>When it began.</summary>
    public DateTimeOffset Since { get; } = time.GetUtcNow();

    /// <summary>When it began, as a timestamp.</summary>
    public long Started { get; } = time.GetTimestamp();

    /// <summary>True when it is time for another attempt.</summary>
    public bool IsDue(TimeProvider clock) => clock.GetTimestamp() >= nextAttempt;

    /// <summary>How long it is until then.</summary>
    public TimeSpan TimeToNext(TimeProvider clock) =>
        IsDue(clock) ? TimeSpan.Zero : clock.GetElapsedTime(clock.GetTimestamp(), nextAttempt);

    /// <summary>The attempt went well, and there is more to do.</summary>
    public void TryAgainAtOnce() => nextAttempt = 0;

    /// <summary>The attempt failed.</summary>
    public void Failed(string why, TimeProvider clock)
    {
        Reason = why;
        nextAttempt = clock.GetTimestamp() + (long)(RetryInterval.TotalSeconds * clock.TimestampFrequency);
    }

    /// <summary>True when it is time to say again that it lasts.</summary>
    public bool IsReportDue(TimeProvider clock, TimeSpan interval)
    {
        var due = clock.GetElapsedTime(lastReport) >= interval;
        lastReport = due ? clock.GetTimestamp() : lastReport;
        return due;
    }

    /// <summary>That it ended, for the log.</summary>
    public AuditEvent Ended(TimeProvider clock, long lost, long refused) => new(
        AuditEvent.Resumed, clock.GetUtcNow(),
        $$"""{"since":"{{Since:yyyy-MM-ddTHH:mm:ss.fffZ}}","reason":"{{JsonEncodedText.Encode(Reason)}}","rowsLost":{{lost}},"rowsRefused":{{refused}}}""");
}
