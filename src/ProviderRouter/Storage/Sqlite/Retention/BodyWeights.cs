using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;
using ProviderRouter.Storage.Sqlite.Verification;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>
/// How much room is gained by removing bodies up to which request. A piece counts for the last body that has it: only with that
/// one does it go. What a piece takes is taken to be what pieces take on average.
/// </summary>
internal sealed class BodyWeights(SqliteConnection connection)
{
    private const string NewestFirst =
        """
        SELECT q.id, q.body_parts, a.body_parts,
               coalesce(octet_length(q.body), 0) + coalesce(octet_length(a.body), 0) + coalesce(octet_length(a.event_stream), 0)
        FROM audit_requests q LEFT JOIN audit_responses a ON a.request = q.id WHERE q.id > ? ORDER BY q.id DESC
        """;

    /// <summary>What a piece takes beside its content: its line in the index.</summary>
    private const long PieceOverhead = 64;

    /// <summary>How much larger a page is than what lies in it, on average.</summary>
    private const double PageShare = 1.1;

    /// <summary>What a request and its answer take without their bodies, roughly.</summary>
    public const long Record = 1024;

    /// <summary>How many requests are remembered to choose from.</summary>
    private const int MostSteps = 4096;

    private readonly long piece = PieceOverhead + (long)(PageShare * connection.Scalar<double>(
        "SELECT coalesce(avg(octet_length(data)), 0.0) FROM (SELECT data FROM audit_pieces ORDER BY id DESC LIMIT 1000)"));

    /// <summary>What so many pieces take.</summary>
    public long OfPieces(long count) => count * piece;

    /// <summary>The first request, after this one, up to which the bodies take so many bytes; the last there is when all do not.</summary>
    public long RequestToFree(long bytes, long after, CancellationToken cancellation)
    {
        var seen = new PieceSet(
            connection.Scalar<long>("SELECT coalesce(min(id), 1) FROM audit_pieces"),
            connection.Scalar<long>("SELECT coalesce(max(id), 0) FROM audit_pieces"));
        var kept = new List<(long Request, long Bytes)>();
        var (total, stride) = (0L, 1);
        using var rows = new RawStatement(connection, NewestFirst);
        rows.Bind(0, after);
        for (var read = 0; rows.Step(); read++)
        {
            if (read % stride == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                // Were all bodies to go up to this request, what was added so far would stay.
                kept.Add((rows.Integer(0), total));
                if (kept.Count == MostSteps)
                {
                    kept = [.. kept.Where((step, place) => place % 2 == 0)];
                    stride *= 2;
                }
            }

            total += rows.Integer(3) + OfPieces(Count(rows.Bytes(1), seen) + Count(rows.Bytes(2), seen));
        }

        return kept.FindLast(step => total - step.Bytes >= bytes) is { Request: > 0 } enough ? enough.Request
            : kept.Count > 0 ? kept[0].Request : after;
    }

    private static long Count(ReadOnlySpan<byte> parts, PieceSet seen)
    {
        var count = 0L;
        var ranges = new PieceRanges(parts);
        while (ranges.Next())
        {
            count += seen.Add(ranges.First, ranges.Last);
        }

        return count;
    }
}
