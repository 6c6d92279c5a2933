using Microsoft.Data.Sqlite;

namespace ProviderRouter.Storage.Sqlite.Questions.Bodies;

/// <summary>A column of one row, bit by bit. Between two of these it holds nothing of the log, however long that takes.</summary>
/// <param name="connection">Where it is.</param>
/// <param name="table">The table.</param>
/// <param name="column">The column: bytes, or text.</param>
/// <param name="row">The row's own number.</param>
internal sealed class BlobStream(SqliteConnection connection, string table, string column, long row) : ForwardStream
{
    // SQLite walks from the value's beginning to each bit: the larger they are, the less often.
    private readonly byte[] bit = new byte[1024 * 1024];
    private long next;
    private int from;
    private int to;

    /// <exception cref="SqliteException">It is not there any more.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (from == to)
        {
            using var blob = new SqliteBlob(connection, table, column, row, readOnly: true);
            blob.Position = Math.Min(next, blob.Length);
            (from, to) = (0, blob.Read(bit, 0, bit.Length));
            next += to;
        }

        var count = Math.Min(buffer.Length, to - from);
        bit.AsSpan(from, count).CopyTo(buffer);
        from += count;
        return count;
    }
}
