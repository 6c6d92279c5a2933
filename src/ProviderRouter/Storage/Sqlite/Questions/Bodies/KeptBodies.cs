using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Questions.Bodies;

/// <summary>Reads what was sent in an exchange for people to look at: the beginnings of bodies at once, all of one as a stream.</summary>
internal sealed class KeptBodies(SqliteConnection connection) : IDisposable
{
    /// <summary>What lies in its row and is larger is read bit by bit.</summary>
    private const int SmallBody = 64 * 1024;

    private const int MostEvents = 64 * 1024;

    private readonly RawStatement request = new(connection, $"{Message}, NULL, id FROM audit_requests WHERE id = ?");

    private readonly RawStatement response = new(connection, $"{Message}, octet_length(event_stream), seq FROM audit_responses WHERE request = ? LIMIT 1");

    private readonly PiecedBody pieces = new(connection);

    private static string Message =>
        $"""
        SELECT (SELECT data FROM audit_pieces WHERE id = headers_piece), headers, octet_length(body),
               CASE WHEN octet_length(body) <= {SmallBody} THEN body END, body_parts
        """;

    /// <summary>All of the exchange with this id, but of each body no more than so much; null when it is not there.</summary>
    public RecordedBodies? Read(long id, int most)
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
            var asked = Start("audit_requests", request, most, out var asks);
            var answers = 0L;
            var answered = isAnswered ? Start("audit_responses", response, most, out answers) : null;
            var events = isAnswered && !response.IsNull(5) ? EventsStart(response.Integer(6)) : default((byte[], long)?);
            return new RecordedBodies
            {
                RequestHeaders = Headers(request),
                Request = asked is null ? default(ReadOnlyMemory<byte>?) : asked,
                RequestLength = asks,
                ResponseHeaders = isAnswered ? Headers(response) : null,
                Response = answered is null ? default(ReadOnlyMemory<byte>?) : answered,
                ResponseLength = answers,
                EventsStart = events is { } read ? read.Item1 : default(ReadOnlyMemory<byte>?),
                EventsLength = events?.Item2 ?? 0,
            };
        }
        finally
        {
            request.Reset();
            response.Reset();
        }
    }

    /// <summary>All of one body, as it is kept; null where nothing of it is. Whoever reads it may take as long as they like.</summary>
    public Stream? Open(long id, BodyName name)
    {
        var row = name == BodyName.Request ? request : response;
        row.Bind(0, id);
        try
        {
            return !row.Step() ? null
                : row.IsNull(5) && name == BodyName.Whole ? null
                : !row.IsNull(5) && name == BodyName.Response ? new ZLibStream(new BlobStream(connection, "audit_responses", "event_stream", row.Integer(6)), CompressionMode.Decompress)
                : Body(name == BodyName.Request ? "audit_requests" : "audit_responses", row);
        }
        finally
        {
            row.Reset();
        }
    }

    private byte[]? Start(string table, RawStatement row, int most, out long length)
    {
        if (!row.IsNull(4))
        {
            return pieces.ReadStart(row.Bytes(4), most, out length);
        }

        length = row.Integer(2);
        if (row.IsNull(2) || !row.IsNull(3))
        {
            return row.IsNull(2) ? null : row.Bytes(3)[..(int)Math.Min(length, most)].ToArray();
        }

        using var body = new SqliteBlob(connection, table, "body", row.Integer(6), readOnly: true);
        var start = new byte[Math.Min(length, most)];
        body.ReadExactly(start);
        return start;
    }

    private Stream? Body(string table, RawStatement row) =>
        !row.IsNull(4) ? new PiecesStream(connection, row.Bytes(4))
        : row.IsNull(2) ? null
        : !row.IsNull(3) ? new MemoryStream(row.Bytes(3).ToArray(), writable: false)
        : new BlobStream(connection, table, "body", row.Integer(6));

    /// <summary>The beginning of a stream's events, and how long they all are. Of damaged ones, up to the damage.</summary>
    private (byte[] Start, long Length) EventsStart(long row)
    {
        using var events = new ZLibStream(new SqliteBlob(connection, "audit_responses", "event_stream", row, readOnly: true), CompressionMode.Decompress);
        var read = new byte[MostEvents];
        var length = 0L;
        byte[]? start = null;
        try
        {
            for (var count = MostEvents; count == MostEvents; length += count)
            {
                count = events.ReadAtLeast(read, MostEvents, throwOnEndOfStream: false);
                start ??= read[..count];
            }
        }
        catch (InvalidDataException)
        {
            // What provider-cli verify tells.
        }

        return (start ?? [], length);
    }

    private static string Headers(RawStatement row) => Encoding.UTF8.GetString(row.Bytes(0)) + row.Text(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        request.Dispose();
        response.Dispose();
        pieces.Dispose();
    }
}
