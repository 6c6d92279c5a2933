using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Bodies;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Questions;

/// <summary>Reads what was sent in an exchange, and puts bodies together that lie in pieces.</summary>
internal sealed class BodyReader(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement request = new(connection,
        "SELECT (SELECT data FROM audit_pieces WHERE id = headers_piece), headers, body, body_parts FROM audit_requests WHERE id = ?");

    private readonly RawStatement response = new(connection,
        "SELECT (SELECT data FROM audit_pieces WHERE id = headers_piece), headers, body, body_parts, event_stream FROM audit_responses WHERE request = ? LIMIT 1");

    private readonly PiecedBody pieces = new(connection);

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
                EventStream = isAnswered && !response.IsNull(4) ? PackedEvents.Unpack(response.Bytes(4).ToArray()) : null,
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
        row.IsNull(3) ? row.IsNull(2) ? null : row.Bytes(2).ToArray() : pieces.Read(row.Bytes(3));

    /// <inheritdoc/>
    public void Dispose()
    {
        request.Dispose();
        response.Dispose();
        pieces.Dispose();
    }
}
