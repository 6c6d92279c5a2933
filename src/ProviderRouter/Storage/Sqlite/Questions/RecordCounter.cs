using System.Globalization;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.Storage.Sqlite.Index;

namespace ProviderRouter.Storage.Sqlite.Questions;

/// <summary>Counts exchanges: what the index has of them by its columns, the rest in the log, all as of one moment.</summary>
internal sealed class RecordCounter(SqliteConnection log, string databasePath, RecordReader records, RecordFinder finder)
{
    /// <summary>Counts those that a filter is true of.</summary>
    public StatsReport Count(ExchangeFilter filter, StatsGrouping grouping, TimeZoneInfo zone)
    {
        if (filter.Search is not null)
        {
            return CountFound(filter, grouping, zone);
        }

        using var index = IndexedLog.TryOpen(log, databasePath, asOfOneMoment: true);
        try
        {
            return Count(index, filter, grouping, zone);
        }
        catch (Exception error) when (index is not null && IndexDamage.Is(error))
        {
            // The index is damaged. If the log is, this says so.
            return Count(index: null, filter, grouping, zone);
        }
    }

    private StatsReport CountFound(ExchangeFilter filter, StatsGrouping grouping, TimeZoneInfo zone)
    {
        var tallies = new Tallies(grouping, zone);
        foreach (var found in finder.Find(filter, oldestFirst: true, passed: null, CancellationToken.None))
        {
            tallies.Add(found.Record);
        }

        return tallies.Report();
    }

    private StatsReport Count(IndexedLog? index, ExchangeFilter filter, StatsGrouping grouping, TimeZoneInfo zone)
    {
        var tallies = new Tallies(grouping, zone);
        log.InTransaction("BEGIN", () =>
        {
            var span = LogSpan.Of(log);
            var through = span.First - 1;
            if (index is not null)
            {
                CountIndexed(index, filter, grouping, tallies);
                through = index.Through;
            }

            foreach (var record in records.Read(Math.Max(span.First, through + 1), span.Last, oldestFirst: true).Where(filter.Matches))
            {
                tallies.Add(record);
            }

            return true;
        });
        return tallies.Report();
    }

    private void CountIndexed(IndexedLog index, ExchangeFilter filter, StatsGrouping grouping, Tallies tallies)
    {
        var facts = new FactFilter(filter, index.Names);
        var byName = new Tally?[index.Names.Count];
        var byStatus = new Tally?[1024];
        var first = Math.Max(index.Span.First, (filter.AfterId ?? 0) + 1);
        var last = Math.Min(index.Span.Last, (filter.BeforeId ?? long.MaxValue) - 1);
        Span<bool> room = stackalloc bool[LogIndex.BlockSize];
        foreach (var block in index.Blocks.Where(block => block.LastId >= first && block.FirstId <= last && facts.MayHave(block)))
        {
            var marks = room[..block.Count];
            marks.Fill(true);
            facts.Apply(block, index.Reader, marks);
            CountBlock(index, block, marks, first, last);
        }

        void CountBlock(IndexedLog index, IndexedBlock block, Span<bool> marks, long first, long last)
        {
            var received = index.Reader.Read(block, FactColumn.ReceivedUs);
            var outcomes = index.Reader.Read(block, FactColumn.Outcome);
            var durations = index.Reader.Read(block, FactColumn.DurationUs);
            var firstTokens = index.Reader.Read(block, FactColumn.FirstTokenUs);
            var prompts = index.Reader.Read(block, FactColumn.PromptTokens);
            var completions = index.Reader.Read(block, FactColumn.CompletionTokens);
            var cached = index.Reader.Read(block, FactColumn.CachedTokens);
            var keys = index.Reader.Read(block, KeyColumn(grouping));
            var others = grouping == StatsGrouping.Model ? index.Reader.Read(block, FactColumn.ResponseModel) : keys;
            for (var i = 0; i < marks.Length; i++)
            {
                var id = block.FirstId + i;
                if (id < first || id > last)
                {
                    continue;
                }

                if (outcomes[i] == 0)
                {
                    // It had no answer when it was indexed.
                    if (records.Read(id) is { } record && filter.Matches(record))
                    {
                        tallies.Add(record);
                    }
                }
                else if (marks[i])
                {
                    tallies.Add(
                        GroupOf(keys[i] == 0 ? others[i] : keys[i], received[i]), received[i],
                        new TallyEntry(index.Names[outcomes[i]], durations[i] - 1, firstTokens[i] - 1, prompts[i] - 1, completions[i] - 1, cached[i] - 1));
                }
            }
        }

        Tally GroupOf(long key, long receivedUs) => grouping switch
        {
            StatsGrouping.Minute or StatsGrouping.Hour or StatsGrouping.Day => tallies.GroupOf(receivedUs),
            StatsGrouping.Status => byStatus[key & 1023] ??= tallies.GroupOf(key == 0 ? null : (key - 1).ToString(CultureInfo.InvariantCulture)),
            _ => byName[key] ??= tallies.GroupOf(index.Names[key]),
        };
    }

    private static FactColumn KeyColumn(StatsGrouping grouping) => grouping switch
    {
        StatsGrouping.Provider => FactColumn.Provider,
        StatsGrouping.Model => FactColumn.Model,
        StatsGrouping.Endpoint => FactColumn.Endpoint,
        StatsGrouping.Status => FactColumn.Status,
        StatsGrouping.Key => FactColumn.ClientKey,
        _ => FactColumn.ReceivedUs,
    };
}
