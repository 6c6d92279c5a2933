using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;
using ProviderRouter.Storage.Sqlite.Verification;

namespace ProviderRouter.Storage.Sqlite.Questions.Bodies;

/// <summary>Puts bodies together that lie in pieces.</summary>
internal sealed class PiecedBody(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement pieces = new(connection, "SELECT data FROM audit_pieces WHERE id BETWEEN ? AND ? ORDER BY id");
    private readonly RawStatement sizes = new(connection, "SELECT sum(length(data)) FROM audit_pieces WHERE id BETWEEN ? AND ?");

    /// <summary>The body of which this is the column <c>body_parts</c>.</summary>
    public byte[] Read(ReadOnlySpan<byte> parts)
    {
        using var body = new MemoryStream();
        var ranges = new PieceRanges(parts);
        while (ranges.Next())
        {
            pieces.Bind(0, ranges.First);
            pieces.Bind(1, ranges.Last);
            while (pieces.Step())
            {
                body.Write(pieces.Bytes(0));
            }

            pieces.Reset();
        }

        return body.ToArray();
    }

    /// <summary>The beginning of it, in an array of just that size.</summary>
    /// <param name="parts">The column <c>body_parts</c>.</param>
    /// <param name="most">How much of it is read, in bytes.</param>
    /// <param name="length">How long all of it is.</param>
    public byte[] ReadStart(ReadOnlySpan<byte> parts, int most, out long length)
    {
        length = LengthOf(parts);
        var start = new byte[Math.Min(length, most)];
        var at = 0;
        var ranges = new PieceRanges(parts);
        while (at < start.Length && ranges.Next())
        {
            pieces.Bind(0, ranges.First);
            pieces.Bind(1, ranges.Last);
            while (at < start.Length && pieces.Step())
            {
                var piece = pieces.Bytes(0);
                piece = piece[..Math.Min(piece.Length, start.Length - at)];
                piece.CopyTo(start.AsSpan(at));
                at += piece.Length;
            }

            pieces.Reset();
        }

        return start;
    }

    private long LengthOf(ReadOnlySpan<byte> parts)
    {
        var length = 0L;
        var ranges = new PieceRanges(parts);
        while (ranges.Next())
        {
            sizes.Bind(0, ranges.First);
            sizes.Bind(1, ranges.Last);
            length += sizes.Step() ? sizes.Integer(0) : 0;
            sizes.Reset();
        }

        return length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        pieces.Dispose();
        sizes.Dispose();
    }
}
