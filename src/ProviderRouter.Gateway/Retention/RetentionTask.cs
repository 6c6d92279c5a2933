using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Retention;

/// <summary>Applies the settings <c>retention.*</c> while the server runs: at its start, when they change, and each minute.</summary>
internal sealed partial class RetentionTask(SqliteDatabase database, TimeProvider time, ILogger<RetentionTask> logger) : BackgroundService
{
    /// <summary>How often the settings are read.</summary>
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(2);

    /// <summary>How often it is looked whether there is enough to remove.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(1);

    private static readonly RetentionSettings Nothing = new();

    private RetentionSettings applied = Nothing;
    private long? lookedAt;
    private long? failedAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ReadInterval, time);
        do
        {
            // A thread of its own: it spends its time waiting, which must not take a thread from requests.
            await Task.Factory.StartNew(() => Look(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Look(CancellationToken stopping)
    {
        try
        {
            using var store = database.OpenSettings();
            var retention = store.Read().Settings.Retention;
            if (retention != applied || IsLongSince(lookedAt))
            {
                (applied, lookedAt) = (retention, time.GetTimestamp());
                Apply(retention, stopping);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Where nothing is to be removed, a database that cannot be read is others' business.
            if (applied != Nothing && IsLongSince(failedAt))
            {
                failedAt = time.GetTimestamp();
                Log.Failed(logger, error.Message);
            }
        }
    }

    private void Apply(RetentionSettings retention, CancellationToken stopping)
    {
        if (retention == Nothing || !database.IsPruningDue(retention)
            || database.Prune(retention, progress => { }, stopping) is not { } report)
        {
            return;
        }

        if (report.Records + report.Bodies > 0)
        {
            Log.Removed(logger, report.Records, report.Bodies, report.BytesBefore, report.BytesAfter);
        }

        if (report.IsTooLarge)
        {
            Log.StillTooLarge(logger, report.BytesAfter, report.HeldBy is null ? "" : $" (the request {report.HeldBy} has no answer yet)");
        }
    }

    private bool IsLongSince(long? moment) => moment is not { } known || time.GetElapsedTime(known) >= LookInterval;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information,
            "Retention removed {Records} records and {Bodies} bodies of others; the database file had {Before} bytes and has {After}.")]
        public static partial void Removed(ILogger logger, long records, long bodies, long before, long after);

        [LoggerMessage(2, LogLevel.Warning, "The database has {Bytes} bytes, more than retention.maxSize, and nothing more can be removed{Why}.")]
        public static partial void StillTooLarge(ILogger logger, long bytes, string why);

        [LoggerMessage(3, LogLevel.Error, "Retention could not be applied, and is tried again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
