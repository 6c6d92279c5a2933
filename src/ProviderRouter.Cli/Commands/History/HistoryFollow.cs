using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.History;

/// <summary><c>history --follow</c>: each request as soon as its answer is on record, whichever program wrote it.</summary>
internal sealed class HistoryFollow(AuditLogReader log, HistoryItems items, HistoryTable table, Terminal terminal)
{
    /// <summary>How many that came before are shown unless said otherwise.</summary>
    public const int Before = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly SortedSet<long> open = [];
    private bool isMore;

    /// <summary>Shows them until it is told to stop.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="before">The last ones so far, the newest first.</param>
    /// <param name="asJson">True for one JSON object a line.</param>
    /// <param name="cancellation">Tells it to stop.</param>
    /// <returns>The exit code.</returns>
    public int Run(ExchangeFilter filter, List<HistoryItem> before, bool asJson, CancellationToken cancellation)
    {
        var reached = log.LastId();
        // What is open now may end as what is wanted.
        open.UnionWith(log.Find(new ExchangeFilter { Outcome = ExchangeFilter.Open, AfterId = reached - 1000 }).Select(record => record.Id));
        Write([.. Enumerable.Reverse(before).Where(item => !open.Contains(item.Record.Id))], asJson);
        while (!cancellation.WaitHandle.WaitOne(Interval))
        {
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
                // The filter is asked about this one alone.
                fresh.AddRange(log.FindTexts(filter with { AfterId = Math.Max(id - 1, filter.AfterId ?? 0), BeforeId = Math.Min(id + 1, filter.BeforeId ?? long.MaxValue) })
                    .Where(found => found.Record.Id == record.Id).Select(items.Of));
            }

            reached = Math.Max(reached, last);
            Write(fresh, asJson);
        }

        return ExitCode.Interrupted;
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
