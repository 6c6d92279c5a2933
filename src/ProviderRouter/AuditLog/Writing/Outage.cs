using System.Text.Json;

namespace ProviderRouter.AuditLog.Writing;

/// <summary>A time in which the log cannot be written: since when, why, and when to try again. For the writer's thread.</summary>
/// <param name="reason">Why, and what to do.</param>
/// <param name="before">The counts at its beginning.</param>
/// <param name="time">The clock.</param>
internal sealed class Outage(string reason, RowCounts before, TimeProvider time)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(10);

    private readonly long started = time.GetTimestamp();
    private long nextAttempt = time.GetTimestamp();
    private long lastReport = time.GetTimestamp();
    private volatile string reason = reason;

    /// <summary>Why, and what to do. May be asked from any thread.</summary>
    public string Reason => reason;

    /// <summary>When it began. May be asked from any thread.</summary>
    public DateTimeOffset Since { get; } = time.GetUtcNow();

    /// <summary>How long it has lasted.</summary>
    public TimeSpan Length => time.GetElapsedTime(started);

    /// <summary>Set once it was said that rows are lost.</summary>
    public bool SaidThatRowsAreLost { get; set; }

    /// <summary>How long it is until the next attempt; zero when that is due.</summary>
    public TimeSpan TimeToNext
    {
        get
        {
            var now = time.GetTimestamp();
            return now >= nextAttempt ? TimeSpan.Zero : time.GetElapsedTime(now, nextAttempt);
        }
    }

    /// <summary>An attempt failed.</summary>
    public void Failed(string why)
    {
        reason = why;
        nextAttempt = time.GetTimestamp() + (long)(RetryInterval.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>True when it is time to say again that it lasts.</summary>
    public bool IsReportDue()
    {
        var due = time.GetElapsedTime(lastReport) >= ReportInterval;
        lastReport = due ? time.GetTimestamp() : lastReport;
        return due;
    }

    /// <summary>That it ended, for the log.</summary>
    public AuditEvent Ended(RowCounts now) => new(
        AuditEvent.Resumed, time.GetUtcNow(),
        $$"""{"since":"{{Since:yyyy-MM-ddTHH:mm:ss.fffZ}}","reason":"{{JsonEncodedText.Encode(Reason)}}","rowsSpooled":{{now.Kept - before.Kept}},"rowsLost":{{now.Lost - before.Lost}},"rowsRefused":{{now.Refused - before.Refused}}}""");
}
