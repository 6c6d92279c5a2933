using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Text;
using ProviderRouter.Storage.Sqlite.Index;
using ProviderRouter.Storage.Sqlite.Questions.Bodies;

namespace ProviderRouter.Storage.Sqlite.Questions;

/// <summary>
/// Finds the exchanges that a filter is true of: through the index as far as that goes, and in the log where it does not. What the index
/// says is checked in the log, so that it can be behind, but not wrong.
/// </summary>
internal sealed class RecordFinder(SqliteConnection log, string databasePath, RecordReader records, BodyReader bodies)
{
    /// <summary>How many exchanges are read in one go: no reader holds on to the log while what it read is worked on.</summary>
    private const int Batch = 256;

    /// <summary>How many are weighed against each other.</summary>
    private const int MostRanked = 1000;

    /// <summary>As they are asked for.</summary>
    public IEnumerable<FoundRecord> Find(
        ExchangeFilter filter, bool oldestFirst, Action<AuditRecord>? passed, CancellationToken cancellation)
    {
        var search = SearchOf(filter);
        foreach (var record in Candidates(filter, oldestFirst))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Check(filter, search, record) is { } found)
            {
                yield return found;
            }

            passed?.Invoke(record);
        }
    }

    /// <summary>Whether a filter is true of this one, what it says of texts included; null when it is not.</summary>
    public FoundRecord? Check(ExchangeFilter filter, AuditRecord record) => Check(filter, SearchOf(filter), record);

    private FoundRecord? Check(ExchangeFilter filter, TextSearch? search, AuditRecord record) =>
        !filter.Matches(record) ? null
        : search is null ? new FoundRecord(record, Hit: null)
        : bodies.ReadBodies(record.Id) is { } read && search.Find(read.Request, read.Response) is { } hit ? new FoundRecord(record, hit)
        : null;

    private static TextSearch? SearchOf(ExchangeFilter filter) => filter.Search is { } query ? new TextSearch(query) : null;

    /// <summary>The newest that have what is looked for, what is most about it first.</summary>
    /// <remarks>
    /// As BM25 weighs one word (Robertson and Zaragoza, 2009): how often it is there counts ever less, and less in longer texts. How
    /// rare the words are makes no difference between exchanges that have all of them.
    /// </remarks>
    public IEnumerable<FoundRecord> FindRanked(ExchangeFilter filter, CancellationToken cancellation)
    {
        var search = new TextSearch(filter.Search!);
        var found = new List<(FoundRecord Found, double Length)>();
        foreach (var candidate in Find(filter, oldestFirst: false, passed: null, cancellation).Take(MostRanked))
        {
            cancellation.ThrowIfCancellationRequested();
            if (bodies.ReadBodies(candidate.Record.Id) is { } read && search.Find(read.Request, read.Response, countAll: true) is { } hit)
            {
                found.Add((candidate with { Hit = hit }, (read.Request?.Length ?? 0) + (read.Response?.Length ?? 0)));
            }
        }

        var average = found.Select(one => one.Length).DefaultIfEmpty().Average();
        return found.OrderByDescending(one => Weight(one.Found.Hit!.Count, one.Length / Math.Max(1, average))).Select(one => one.Found);
    }

    private static double Weight(int count, double length) => count / (count + (1.2 * (0.25 + (0.75 * length))));

    private IEnumerable<AuditRecord> Candidates(ExchangeFilter filter, bool oldestFirst)
    {
        using var index = IsOnlyAboutIds(filter) ? null : IndexedLog.TryOpen(log, databasePath);
        var span = LogSpan.Of(log);
        var first = Math.Max(span.First, (filter.AfterId ?? 0) + 1);
        var last = Math.Min(span.Last, (filter.BeforeId ?? long.MaxValue) - 1);
        var through = index?.Through ?? first - 1;
        var indexed = index?.Find(filter, oldestFirst).Select(records.Read).OfType<AuditRecord>() ?? [];
        var rest = InBatches(Math.Max(first, through + 1), last, oldestFirst);
        foreach (var record in oldestFirst ? indexed.Concat(rest) : rest.Concat(indexed))
        {
            yield return record;
        }
    }

    private IEnumerable<AuditRecord> InBatches(long first, long last, bool oldestFirst)
    {
        for (long from = oldestFirst ? first : last; from >= first && from <= last; from += oldestFirst ? Batch : -Batch)
        {
            var batch = oldestFirst ? records.Read(from, Math.Min(last, from + Batch - 1), oldestFirst)
                : records.Read(Math.Max(first, from - Batch + 1), from, oldestFirst);
            foreach (var record in batch.ToList())
            {
                yield return record;
            }
        }
    }

    private static bool IsOnlyAboutIds(ExchangeFilter filter) => filter with { BeforeId = null, AfterId = null } == ExchangeFilter.All;
}
