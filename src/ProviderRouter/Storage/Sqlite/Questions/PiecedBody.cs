using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;
using ProviderRouter.Storage.Sqlite.Verification;

namespace ProviderRouter.Storage.Sqlite.Questions;

/// <summary>Puts bodies together that lie in pieces.</summary>
internal sealed class PiecedBody(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement pieces = new(connection, "SELECT data FROM audit_pieces WHERE id BETWEEN ? AND ? ORDER BY id");

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

    /// <inheritdoc/>
    public void Dispose() => pieces.Dispose();
}
