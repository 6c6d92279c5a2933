using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;
using ProviderRouter.Storage.Sqlite.Verification;

namespace ProviderRouter.Storage.Sqlite.Questions.Bodies;

/// <summary>A body that lies in pieces, one after the other. Between two of these it holds nothing of the log, however long that takes.</summary>
internal sealed class PiecesStream : ForwardStream
{
    private readonly RawStatement find;
    private readonly List<(long First, long Last)> left = [];
    private byte[] piece = new byte[32 * 1024];
    private int from;
    private int to;

    /// <param name="connection">Where it is.</param>
    /// <param name="parts">The column <c>body_parts</c>.</param>
    public PiecesStream(SqliteConnection connection, ReadOnlySpan<byte> parts)
    {
        find = new(connection, "SELECT data FROM audit_pieces WHERE id = ?");
        for (var ranges = new PieceRanges(parts); ranges.Next();)
        {
            left.Add((ranges.First, ranges.Last));
        }

        left.Reverse();
    }

    /// <exception cref="EndOfStreamException">A piece is not there any more.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (from == to && left.Count > 0)
        {
            var (first, last) = left[^1];
            Load(first);
            left.RemoveAt(left.Count - 1);
            if (first < last)
            {
                left.Add((first + 1, last));
            }
        }

        var count = Math.Min(buffer.Length, to - from);
        piece.AsSpan(from, count).CopyTo(buffer);
        from += count;
        return count;
    }

    private void Load(long id)
    {
        find.Bind(0, id);
        try
        {
            if (!find.Step())
            {
                throw new EndOfStreamException("A piece of the body is no longer in the log.");
            }

            var data = find.Bytes(0);
            piece = data.Length <= piece.Length ? piece : new byte[data.Length];
            data.CopyTo(piece);
            (from, to) = (0, data.Length);
        }
        finally
        {
            find.Reset();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            find.Dispose();
        }

        base.Dispose(disposing);
    }
}
