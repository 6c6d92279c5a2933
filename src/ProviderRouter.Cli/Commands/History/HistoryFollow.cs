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

    private readonly SortedSet<long> open = [];
    private bool isMore;

    /// <summary>Shows them until it is told to stop.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="count">How many of those so far are shown first.</param>
    /// <param name="asJson">True for one JSON object a line.</param>
    /// <param name="cancellation">Tells it to stop.</param>
    /// <returns>The exit code.</returns>
    public int Run(ExchangeFilter filter, int count, bool asJson, CancellationToken cancellation)
    {
        var reached = log.LastId();
        // What is open now may end as what is wanted; what comes in while the others are looked for is looked at after them.
        open.UnionWith(log.Find(new ExchangeFilter { Outcome = ExchangeFilter.Open, AfterId = reached - 1000, BeforeId = reached + 1 }).Select(record => record.Id));
        Write([.. Enumerable.Reverse(Before(filter, reached, cancellation).Take(count).ToList())], asJson);
        while (!cancellation.WaitHandle.WaitOne(Interval))
        {
            if (OutputReader.HasLeft())
            {
                return ExitCode.Done;
            }

            var last = log.LastId();
            var fresh = new List<HistoryItem>();
            for (var id = reached + 1; id <= last; id++)
            {
                open.Add(id);
            }

            foreach (var id in open.ToList())
            {
                if (log.Read(id) is not { Outcome: not null } record)
                {
                    continue;
                }

                open.Remove(id);
                if (filter.Matches(record))
                {
                    // A search is asked about this one alone.
                    fresh.AddRange((filter.Search is null ? [new FoundRecord(record, Hit: null)]
                        : log.FindTexts(filter with { AfterId = id - 1, BeforeId = id + 1 })).Select(items.Of));
                }
            }

            reached = Math.Max(reached, last);
            Write(fresh, asJson);
        }

        return ExitCode.Interrupted;
    }

    private IEnumerable<HistoryItem> Before(ExchangeFilter filter, long last, CancellationToken cancellation)
    {
        foreach (var found in log.FindTexts(filter with { BeforeId = Math.Min(last + 1, filter.BeforeId ?? long.MaxValue) }))
        {
            cancellation.ThrowIfCancellationRequested();
            if (found.Record.Outcome is null)
            {
                open.Add(found.Record.Id);
            }
            else if (!open.Contains(found.Record.Id))
            {
                yield return items.Of(found);
            }
        }
    }

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
