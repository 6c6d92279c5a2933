using System.Runtime.InteropServices;
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

    private readonly RawStatement requestBody = new(connection, "SELECT body, body_parts FROM audit_requests WHERE id = ?");

    private readonly RawStatement responseBody = new(connection, "SELECT body, body_parts FROM audit_responses WHERE request = ? LIMIT 1");

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
                Request = Body(request, 2),
                ResponseHeaders = isAnswered ? Headers(response) : null,
                Response = isAnswered ? Body(response, 2) : null,
                EventStream = isAnswered && !response.IsNull(4) ? PackedEvents.Unpack(response.Bytes(4).ToArray()) : default(ReadOnlyMemory<byte>?),
            };
        }
        finally
        {
            request.Reset();
            response.Reset();
        }
    }

    /// <summary>The bodies alone, without the events of a stream; null when the exchange is not there.</summary>
    public BodiesRead? ReadBodies(long id)
    {
        requestBody.Bind(0, id);
        responseBody.Bind(0, id);
        try
        {
            return !requestBody.Step() ? null
                : responseBody.Step() ? new BodiesRead(Body(requestBody, 0), IsAnswered: true, Body(responseBody, 0))
                : new BodiesRead(Body(requestBody, 0), IsAnswered: false, Response: null);
        }
        finally
        {
            requestBody.Reset();
            responseBody.Reset();
        }
    }

    private static string Headers(RawStatement row) => Encoding.UTF8.GetString(row.Bytes(0)) + row.Text(1);

    private ReadOnlyMemory<byte>? Body(RawStatement row, int column) =>
        // Not null: as an array, that would become an empty body.
        !row.IsNull(column + 1) ? pieces.Read(row.Bytes(column + 1)) : row.IsNull(column) ? default(ReadOnlyMemory<byte>?) : row.Bytes(column).ToArray();

    /// <inheritdoc/>
    public void Dispose()
    {
        request.Dispose();
        response.Dispose();
        requestBody.Dispose();
        responseBody.Dispose();
        pieces.Dispose();
    }
}

/// <summary>The bodies of an exchange.</summary>
/// <param name="Request">Null where there is none (any more).</param>
/// <param name="IsAnswered">True when an answer is on record.</param>
/// <param name="Response">Null where there is none (any more).</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BodiesRead(ReadOnlyMemory<byte>? Request, bool IsAnswered, ReadOnlyMemory<byte>? Response);
