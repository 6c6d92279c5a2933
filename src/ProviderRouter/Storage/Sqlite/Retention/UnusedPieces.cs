using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;
using ProviderRouter.Storage.Sqlite.Verification;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>
/// The pieces that no row refers to: all there are, less those of each row. The last piece is never one of them, so that no
/// later one gets its id.
/// </summary>
internal sealed class UnusedPieces : IDisposable
{
    private readonly LogCut bodiesThrough;
    private readonly RawStatement requests;
    private readonly RawStatement responses;
    private long lastRequest;
    private long lastResponse;

    /// <param name="connection">A connection to the database.</param>
    /// <param name="recordsThrough">Rows of this part count for nothing.</param>
    /// <param name="bodiesThrough">Bodies of this part count for nothing.</param>
    public UnusedPieces(SqliteConnection connection, LogCut recordsThrough, LogCut bodiesThrough)
    {
        this.bodiesThrough = bodiesThrough;
        (lastRequest, lastResponse) = (recordsThrough.Request, recordsThrough.Place);
        requests = Rows(connection, BodyColumns.OfRequests);
        responses = Rows(connection, BodyColumns.OfResponses);
        Last = connection.Scalar<long>("SELECT coalesce(max(id), 0) - 1 FROM audit_pieces");
        Ids = new PieceSet(connection.Scalar<long>("SELECT coalesce(min(id), 0) FROM audit_pieces"), Last);
        // The index is a hundredth of the table's size.
        using var all = new RawStatement(connection, "SELECT id FROM audit_pieces INDEXED BY audit_pieces_by_hash");
        while (all.Step())
        {
            Ids.Add(all.Integer(0));
        }
    }

    /// <summary>The last piece that was looked at.</summary>
    public long Last { get; }

    /// <summary>Those that no row refers to, of the rows read so far.</summary>
    public PieceSet Ids { get; }

    /// <summary>Reads the rows that were appended since the last time; all of them the first time.</summary>
    /// <exception cref="SetUpException">Which pieces a row refers to cannot be told.</exception>
    public void CatchUp(CancellationToken cancellation)
    {
        while (Read(requests, ref lastRequest, bodiesThrough.Request) | Read(responses, ref lastResponse, bodiesThrough.Place))
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private bool Read(RawStatement rows, ref long last, long bodiesGone)
    {
        var before = last;
        rows.Bind(0, last);
        while (rows.Step())
        {
            last = rows.Integer(0);
            Ids.Remove(rows.Integer(1), rows.Integer(1));
            if (last > bodiesGone && !rows.IsNull(2))
            {
                Remove(rows.Bytes(2));
            }
        }

        rows.Reset();
        return last > before;
    }

    private void Remove(ReadOnlySpan<byte> parts)
    {
        var ranges = new PieceRanges(parts);
        while (ranges.Next())
        {
            Ids.Remove(ranges.First, ranges.Last);
        }

        if (!ranges.IsComplete)
        {
            throw new SetUpException("A body's list of pieces was tampered with, so no piece is removed. See provider-cli verify");
        }
    }

    private static RawStatement Rows(SqliteConnection connection, BodyColumns table) => new(connection,
        $"SELECT {table.Key}, headers_piece, body_parts FROM {table.Table} WHERE {table.Key} > ? ORDER BY 1 LIMIT 4096");

    /// <inheritdoc/>
    public void Dispose()
    {
        requests.Dispose();
        responses.Dispose();
    }
}
