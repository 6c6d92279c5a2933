using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Questions.Bodies;

/// <summary>Reads whole bodies for programs that look through many, and puts those together that lie in pieces.</summary>
internal sealed class BodyReader(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement requestBody = new(connection, "SELECT body, body_parts FROM audit_requests WHERE id = ?");

    private readonly RawStatement responseBody = new(connection, "SELECT body, body_parts FROM audit_responses WHERE request = ? LIMIT 1");

    private readonly PiecedBody pieces = new(connection);

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

    private ReadOnlyMemory<byte>? Body(RawStatement row, int column) =>
        // Not null: as an array, that would become an empty body.
        !row.IsNull(column + 1) ? pieces.Read(row.Bytes(column + 1)) : row.IsNull(column) ? default(ReadOnlyMemory<byte>?) : row.Bytes(column).ToArray();

    /// <inheritdoc/>
    public void Dispose()
    {
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
