using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.History;

/// <summary><c>history --follow</c>: each request as soon as its answer is on record, whichever program wrote it.</summary>
internal sealed class HistoryFollow(AuditLogReader log, HistoryItems items, HistoryTable table, Terminal terminal)
{
    /// <summary>How many that came before are shown unless said otherwise.</summary>
    public const int ShownBefore = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private bool isMore;

    /// <summary>Shows them until it is told to stop.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="count">How many of those so far are shown first.</param>
    /// <param name="asJson">True for one JSON object a line.</param>
    /// <param name="cancellation">Tells it to stop.</param>
    /// <returns>The exit code.</returns>
    public int Run(ExchangeFilter filter, int count, bool asJson, CancellationToken cancellation)
    {
        // What is answered while those so far are looked up is in both; it is shown once.
        using var tail = log.Follow();
        var shown = Before(filter, tail.Place.Request, cancellation).Take(count).ToList();
        Write([.. Enumerable.Reverse(shown)], asJson);
        var known = shown.Select(item => item.Record.Id).ToHashSet();
        while (!cancellation.WaitHandle.WaitOne(Interval))
        {
            if (OutputReader.HasLeft())
            {
                return ExitCode.Done;
            }

            var ended = tail.Step()!.Where(record => record.Outcome is not null && !known.Remove(record.Id));
            Write([.. ended.Select(record => log.Check(filter, record)).OfType<FoundRecord>().Select(items.Of)], asJson);
        }

        return ExitCode.Interrupted;
    }

    private IEnumerable<HistoryItem> Before(ExchangeFilter filter, long last, CancellationToken cancellation) =>
        log.FindTexts(filter with { BeforeId = Math.Min(last + 1, filter.BeforeId ?? long.MaxValue) }, cancellation: cancellation)
            .Where(found => found.Record.Outcome is not null).Select(items.Of);

    private void Write(List<HistoryItem> fresh, bool asJson)
    {
        if (asJson)
        {
            foreach (var item in fresh)
            {
                terminal.WriteJsonLine(HistoryRow.Of(item), CliJson.Compact.HistoryRow);
            }
        }
        else if (fresh.Count > 0 || !isMore)
        {
            terminal.Write(table.Of(fresh, isMore));
            isMore = true;
        }

        terminal.Flush();
    }
}
