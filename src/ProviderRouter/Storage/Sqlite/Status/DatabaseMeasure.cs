using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Status;

/// <summary>Measures the database from within: all rows, or a sample of each table.</summary>
/// <remarks>SQLite's own table of pages, dbstat, is not in the library that comes with this program.</remarks>
internal sealed class DatabaseMeasure(SqliteConnection connection, bool isFull)
{
    /// <summary>The rows of a sample: some 20 ms where none of them is in memory.</summary>
    private const long SampleSize = 1000;

    /// <summary>What a row takes besides its text: numbers, digests and its place in a page.</summary>
    private const string OfRequest =
        "250 + octet_length(headers) + coalesce(octet_length(endpoint), 0) + coalesce(octet_length(query), 0) + coalesce(octet_length(model), 0)";

    private const string OfAnswer = "220 + octet_length(headers) + coalesce(octet_length(error), 0) + coalesce(octet_length(attempts), 0)";

    private const string OfBody = "coalesce(octet_length(body), 0) + coalesce(octet_length(body_parts), 0)";

    /// <summary>Measures.</summary>
    public DatabaseFacts Read()
    {
        // One moment.
        using var transaction = connection.BeginTransaction(deferred: true);
        var pageSize = connection.Scalar<long>("PRAGMA page_size");
        var (pages, free) = (connection.Scalar<long>("PRAGMA page_count"), connection.Scalar<long>("PRAGMA freelist_count"));
        var (requests, requestSizes) = Measure("audit_requests", "id", OfRequest, OfBody);
        var (answers, answerSizes) = Measure("audit_responses", "seq", OfAnswer, OfBody, "coalesce(octet_length(event_stream), 0)");
        var (events, eventSizes) = Measure("audit_events", "seq", "60 + octet_length(detail)");
        var (pieces, pieceSizes) = Measure("audit_pieces", "id", "24 + octet_length(data)");
        var bodies = requestSizes[1] + answerSizes[1];
        var used = (pages - free) * pageSize;
        var parts = new DatabaseParts(requestSizes[0], answerSizes[0], eventSizes[0], bodies, pieceSizes[0], answerSizes[2], Rest: 0);
        return new DatabaseFacts(
            connection.Scalar<long>("PRAGMA user_version"), connection.Scalar<string>("PRAGMA journal_mode"), pages * pageSize, free * pageSize,
            requests, answers, events, pieces, Moment("min"), Moment("max"),
            parts with { Rest = Math.Max(0, used - parts.Requests - parts.Answers - parts.Events - parts.Bodies - parts.Pieces - parts.EventStreams) },
            !isFull);
    }

    /// <summary>How many rows a table has, and what each of these sums up to over all of them.</summary>
    private (long Rows, long[] Sums) Measure(string table, string key, params string[] sizes)
    {
        var count = connection.Scalar<long>($"SELECT count(*) FROM {table}");
        if (!isFull && count > SampleSize)
        {
            return (count, Sample(table, key, count, sizes));
        }

        using var all = new RawStatement(connection, $"SELECT {string.Join(", ", sizes.Select(size => $"coalesce(sum({size}), 0)"))} FROM {table}");
        all.Step();
        return (count, [.. sizes.Select((_, column) => all.Integer(column))]);
    }

    /// <summary>The same, from rows that lie evenly among all.</summary>
    private long[] Sample(string table, string key, long count, string[] sizes)
    {
        using var ends = new RawStatement(connection, $"SELECT min({key}), max({key}) FROM {table}");
        ends.Step();
        var (first, last) = (ends.Integer(0), ends.Integer(1));
        using var row = new RawStatement(connection, $"SELECT {string.Join(", ", sizes)} FROM {table} WHERE {key} >= ? ORDER BY {key} LIMIT 1");
        var sums = new double[sizes.Length];
        for (var number = 0L; number < SampleSize; number++)
        {
            row.Bind(0, first + (long)((last - first) * (double)number / SampleSize));
            row.Step();
            for (var column = 0; column < sums.Length; column++)
            {
                sums[column] += row.Integer(column);
            }

            row.Reset();
        }

        return Array.ConvertAll(sums, sum => (long)(sum / SampleSize * count));
    }

    private DateTimeOffset? Moment(string which)
    {
        using var row = new RawStatement(connection, $"SELECT received_at_us FROM audit_requests WHERE id = (SELECT {which}(id) FROM audit_requests)");
        return row.Step() ? MicrosecondTimes.FromUnix(row.Integer(0)) : null;
    }
}
