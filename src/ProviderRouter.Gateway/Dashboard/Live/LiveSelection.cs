using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>What of some changes is for those with a filter.</summary>
/// <param name="Rows">What the filter is true of.</param>
/// <param name="Gone">The ids of what it is true of no more, and may have been.</param>
/// <param name="Streams">How far those are that it is true of and that are open.</param>
internal sealed record LiveSelection(IReadOnlyList<LiveChange> Rows, IReadOnlyList<long> Gone, IReadOnlyList<ExchangeProgress> Streams)
{
    /// <summary>True where there is nothing to tell.</summary>
    public bool IsEmpty => Rows.Count == 0 && Gone.Count == 0 && Streams.Count == 0;

    /// <summary>Selects; what the filter says of texts is looked up in the log.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static LiveSelection Of(
        ExchangeFilter filter, IReadOnlyList<LiveChange> changes, IReadOnlyList<LiveStream> streams, AuditLogReader log,
        CancellationToken cancellation)
    {
        var (rows, gone) = (new List<LiveChange>(), new List<long>());
        foreach (var change in changes)
        {
            cancellation.ThrowIfCancellationRequested();
            if (log.Check(filter, change.Record) is not null)
            {
                rows.Add(change);
            }
            else if (change.MayBeShownTo(filter))
            {
                gone.Add(change.Record.Id);
            }
        }

        return new(rows, gone, [.. streams.Where(stream => filter.Matches(stream.Record)).Select(stream => stream.Progress)]);
    }
}
