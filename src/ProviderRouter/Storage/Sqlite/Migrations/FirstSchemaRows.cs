using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Bodies;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Migrations;

/// <summary>Moves the rows of the first schema (<c>001_initial.sql</c>) into the chain, once all migrations were applied.</summary>
internal static class FirstSchemaRows
{
    private const string Requests =
        """
        SELECT request_id, received_at_us, provider, headers, content_type, body_bytes, body_sha256, body_state, body, typeof(body),
               method, endpoint, query, client, model, stream
        FROM old_requests ORDER BY id
        """;

    private const string Responses =
        """
        SELECT request_id, ended_at_us, provider, headers, content_type, body_bytes, body_sha256, body_state, body, typeof(body),
               outcome, status_code, upstream_status, error, duration_us, first_byte_us, stream, event_stream
        FROM old_responses ORDER BY id
        """;

    /// <summary>Moves them, within the migration's transaction, and drops the tables they come from.</summary>
    public static void Move(SqliteConnection connection, TimeProvider time)
    {
        if (connection.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'old_requests'") == 0)
        {
            return;
        }

        if (connection.Scalar<long>("SELECT count(*) FROM old_requests") > 0)
        {
            using var tables = new AuditLogTables(connection, ownsConnection: false);
            using (var requests = new RawStatement(connection, Requests))
            using (var responses = new RawStatement(connection, Responses))
            {
                tables.MoveIn(new AuditEvent(AuditEvent.Migrated, time.GetUtcNow(), """{"schema":1}"""), Read(requests, ReadRequest).Concat(Read(responses, ReadResponse)));
            }
        }

        connection.Execute("DROP TABLE old_responses; DROP TABLE old_requests");
    }

    private static IEnumerable<AuditRow> Read(RawStatement rows, Func<RawStatement, AuditRow> read)
    {
        while (rows.Step())
        {
            yield return read(rows);
        }
    }

    private static AuditRequest ReadRequest(RawStatement row) => new()
    {
        RequestId = row.Text(0),
        At = MicrosecondTimes.FromUnix(row.Integer(1)),
        Provider = TextOrNull(row, 2),
        Headers = new(AuditHeaders.None.Shared, row.Bytes(3)[1..].ToArray()),
        ContentType = TextOrNull(row, 4),
        Body = ReadBody(row),
        Method = row.Text(10),
        Endpoint = row.Text(11),
        Query = TextOrNull(row, 12),
        Client = TextOrNull(row, 13),
        Model = TextOrNull(row, 14),
        Stream = row.Integer(15) != 0,
    };

    private static AuditResponse ReadResponse(RawStatement row) => new()
    {
        RequestId = row.Text(0),
        At = MicrosecondTimes.FromUnix(row.Integer(1)),
        Provider = TextOrNull(row, 2),
        Headers = new(AuditHeaders.None.Shared, row.Bytes(3)[1..].ToArray()),
        ContentType = TextOrNull(row, 4),
        Body = ReadBody(row),
        Outcome = Enum.Parse<Outcome>(row.Text(10).Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
        StatusCode = (int)row.Integer(11),
        UpstreamStatus = row.IsNull(12) ? null : (int)row.Integer(12),
        Error = TextOrNull(row, 13),
        Times = new(TimeSpan.FromMicroseconds(row.Integer(14)), row.IsNull(15) ? null : TimeSpan.FromMicroseconds(row.Integer(15)), FirstToken: null),
        Stream = row.Integer(16) != 0,
        EventStream = row.IsNull(17) ? null : PackedEvents.Pack(row.Bytes(17)),
    };

    private static AuditBody ReadBody(RawStatement row)
    {
        var bytes = row.Integer(5);
        ReadOnlyMemory<byte>? kept = row.IsNull(8) ? default(ReadOnlyMemory<byte>?) : row.Bytes(8).ToArray();
        var state = Enum.Parse<AuditBodyState>(row.Text(7), ignoreCase: true);
        var isAsSent = state == AuditBodyState.Whole && kept?.Length == bytes;
        var digest = row.IsNull(6) ? isAsSent ? SHA256.HashData(kept!.Value.Span) : null : Convert.FromHexString(row.Text(6));
        return new AuditBody(state, kept, row.Text(9) == "text", bytes, digest, isAsSent).InPieces();
    }

    private static string? TextOrNull(RawStatement row, int column) => row.IsNull(column) ? null : row.Text(column);
}
