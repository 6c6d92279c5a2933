using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Bodies;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite.Raw;
using ProviderRouter.Storage.Sqlite.Verification;

namespace ProviderRouter.Storage.Sqlite.Questions;

/// <summary>Reads what was sent in an exchange, and puts bodies together that lie in pieces.</summary>
internal sealed class BodyReader(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement request = new(connection,
        "SELECT (SELECT data FROM audit_pieces WHERE id = headers_piece), headers, body, body_parts FROM audit_requests WHERE id = ?");

    private readonly RawStatement response = new(connection,
        "SELECT (SELECT data FROM audit_pieces WHERE id = headers_piece), headers, body, body_parts, event_stream FROM audit_responses WHERE request = ? LIMIT 1");

    private readonly RawStatement pieces = new(connection, "SELECT data FROM audit_pieces WHERE id BETWEEN ? AND ? ORDER BY id");

    /// <summary>All of the exchange with this id; null when it is not there.</summary>
    public RecordedBodies? Read(long id)
    {
        request.Bind(0, id);
        response.Bind(0, id);
        try
        {
            if (!request.Step())
            {
                return null;
            }

            var isAnswered = response.Step();
            return new RecordedBodies
            {
                RequestHeaders = Headers(request),
                Request = Body(request),
                ResponseHeaders = isAnswered ? Headers(response) : null,
                Response = isAnswered ? Body(response) : null,
                EventStream = isAnswered && !response.IsNull(4) ? PackedEvents.Unpack(response.Bytes(4).ToArray()) : default(ReadOnlyMemory<byte>?),
            };
        }
        finally
        {
            request.Reset();
            response.Reset();
        }
    }

    private static string Headers(RawStatement row) => Encoding.UTF8.GetString(row.Bytes(0)) + row.Text(1);

    private ReadOnlyMemory<byte>? Body(RawStatement row) =>
        // Not null: as an array, that would become an empty body.
        !row.IsNull(3) ? InPieces(row.Bytes(3)) : row.IsNull(2) ? default(ReadOnlyMemory<byte>?) : row.Bytes(2).ToArray();

    private byte[] InPieces(ReadOnlySpan<byte> parts)
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
    public void Dispose()
    {
        request.Dispose();
        response.Dispose();
        pieces.Dispose();
    }
}
