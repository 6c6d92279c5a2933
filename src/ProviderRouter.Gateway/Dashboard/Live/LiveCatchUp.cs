using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>Brings one viewer to where the others are, by what the log has: what they missed, or the newest rows.</summary>
internal sealed class LiveCatchUp(LogReading reading, OpenExchanges exchanges, TimeProvider time)
{
    /// <summary>How many of the newest rows are shown at first.</summary>
    public const int Newest = 200;

    /// <summary>How long they are looked for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What changed between two places, or, where that is too much, or the first is not known, the newest rows.</summary>
    /// <exception cref="OperationCanceledException">The viewer left.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The log cannot be read.</exception>
    public Task<LiveMessage> ReadAsync(ExchangeFilter filter, LogPlace? from, LogPlace to, CancellationToken left) => reading.RunAsync(
        log => (from is { } known ? Missed(log, filter, known, to) : null) ?? NewestAt(log, filter, to, left), filter.Search is not null, left);

    private LiveMessage? Missed(AuditLogReader log, ExchangeFilter filter, LogPlace from, LogPlace to)
    {
        using var tail = log.Follow(from);
        if (tail.Step(LiveBroadcast.MostChanges, to) is not { } changed)
        {
            return null;
        }

        var changes = changed.Select(record => new LiveChange(record, wasOpen: null, isNew: record.Id > from.Request)).ToList();
        var selected = LiveSelection.Of(filter, changes, [], log);
        return LiveMessage.Rows(selected.Rows, selected.Gone, exchanges.Read(), to, time.GetUtcNow());
    }

    private LiveMessage NewestAt(AuditLogReader log, ExchangeFilter filter, LogPlace to, CancellationToken left)
    {
        var found = new List<AuditRecord>();
        var isAll = false;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(left);
        enough.CancelAfter(Patience);
        try
        {
            found.AddRange(log.FindTexts(filter with { BeforeId = to.Request + 1 }, cancellation: enough.Token).Select(one => one.Record).Take(Newest + 1));
            isAll = found.Count <= Newest;
        }
        catch (OperationCanceledException) when (!left.IsCancellationRequested)
        {
            // It takes long: the rest can be asked for.
        }

        var newest = found.Take(Newest).ToList();
        var oldest = newest.Count > 0 ? newest[^1].Id : long.MaxValue;
        var older = LiveOpen.InHand(exchanges, log).Where(record => record.Id < oldest && log.Check(filter, record) is not null);
        return LiveMessage.Reset(
            newest.Concat(isAll ? [] : older).OrderBy(record => record.Id).Select(record => new LiveChange(record, wasOpen: null, isNew: true)),
            exchanges.Read(), !isAll, to, time.GetUtcNow());
    }
}
