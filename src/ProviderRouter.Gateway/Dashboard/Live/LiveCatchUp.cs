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

    /// <summary>How long they are looked for; and how long for what was missed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long prompts are read for.</summary>
    private static readonly TimeSpan PromptPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>What changed between two places, or, where that is too much, or the first is not known, the newest rows.</summary>
    /// <exception cref="OperationCanceledException">The viewer left.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The log cannot be read.</exception>
    public Task<LiveMessage> ReadAsync(ExchangeFilter filter, LogPlace? from, LogPlace to, CancellationToken left) => reading.RunAsync(
        log => (from is { } known ? Missed(log, filter, known, to, left) : null) ?? NewestAt(log, filter, to, left), filter.Search is not null, left);

    private LiveMessage? Missed(AuditLogReader log, ExchangeFilter filter, LogPlace from, LogPlace to, CancellationToken left)
    {
        using var tail = log.Follow(from);
        if (tail.Step(LiveBroadcast.MostChanges, to) is not { } changed)
        {
            return null;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(left);
        enough.CancelAfter(Patience);
        try
        {
            var prompts = new PromptStarts(log, PromptPatience);
            var changes = changed.Select(record => new LiveChange(record, wasOpen: null, isNew: record.Id > from.Request, prompts.Read(record))).ToList();
            var selected = LiveSelection.Of(filter, changes, [], log, enough.Token);
            return LiveMessage.Rows(selected.Rows, selected.Gone, exchanges.Read(), to, time.GetUtcNow());
        }
        catch (OperationCanceledException) when (!left.IsCancellationRequested)
        {
            return null;
        }
    }

    private LiveMessage NewestAt(AuditLogReader log, ExchangeFilter filter, LogPlace to, CancellationToken left)
    {
        var found = new List<AuditRecord>();
        var isAll = false;
        var stopped = default(LiveStop);
        AuditRecord? passed = null;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(left);
        enough.CancelAfter(Patience);
        try
        {
            found.AddRange(log
                .FindTexts(filter with { BeforeId = to.Request + 1 }, cancellation: enough.Token, passed: record => passed = record).Select(one => one.Record).Take(Newest + 1));
            isAll = found.Count <= Newest;
        }
        catch (OperationCanceledException) when (!left.IsCancellationRequested)
        {
            // It takes long: the rest can be asked for.
            stopped = LiveStop.At(passed, to.Request + 1, Patience);
        }

        var newest = found.Take(Newest).ToList();
        var oldest = newest.Count > 0 ? newest[^1].Id : long.MaxValue;
        var older = LiveOpen.InHand(exchanges, log).Where(record => record.Id < oldest && log.Check(filter, record) is not null);
        var prompts = new PromptStarts(log, PromptPatience);
        return LiveMessage.Reset(
            newest.Concat(isAll ? [] : older).OrderBy(record => record.Id)
                .Select(record => new LiveChange(record, wasOpen: null, isNew: true, prompts.Read(record))),
            exchanges.Read(), !isAll, stopped, to, time.GetUtcNow());
    }
}
