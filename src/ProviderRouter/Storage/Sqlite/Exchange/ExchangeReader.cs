using System.Text;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Bodies;
using ProviderRouter.AuditLog.Export;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Questions.Bodies;
using ProviderRouter.Storage.Sqlite.Raw;
using SQLitePCL;

namespace ProviderRouter.Storage.Sqlite.Exchange;

/// <summary>Reads exchanges with all that makes the same record again.</summary>
public sealed class ExchangeReader : IDisposable
{
    // The columns from the headers on are the same in both, in this order.
    private const string Message =
        "(SELECT data FROM audit_pieces WHERE id = headers_piece), headers, content_type, body_bytes, body_sha256, body_digest, body_state, body, body_parts";

    private readonly SqliteConnection connection;
    private readonly RawStatement requests;
    private readonly RawStatement responses;
    private readonly PiecedBody pieces;

    internal ExchangeReader(SqliteConnection connection)
    {
        this.connection = connection;
        requests = new(connection,
            $"SELECT {Message}, request_id, received_at_us, provider, method, endpoint, query, client, model, stream, client_key, replays FROM audit_requests WHERE id = ?");
        responses = new(connection,
            $"""
            SELECT {Message}, ended_at_us, provider, outcome, status_code, upstream_status, error, duration_us, first_byte_us, first_token_us, stream,
                   model, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, finish_reason, tool_calls, late_request_bytes,
                   late_request_sha256, attempts, stream_digest, event_stream
            FROM audit_responses WHERE request = ? LIMIT 1
            """);
        pieces = new PiecedBody(connection);
    }

    /// <summary>The exchange with this <c>request_logs.id</c>; null when it is not on record (any more).</summary>
    /// <param name="id">The id.</param>
    /// <param name="withBodies">False to leave bodies and events unread.</param>
    /// <exception cref="SetUpException">What is on record of it is damaged.</exception>
    public LoggedExchange? Read(long id, bool withBodies)
    {
        requests.Bind(0, id);
        responses.Bind(0, id);
        try
        {
            return requests.Step() ? Request(requests, responses.Step() ? Answer(responses, withBodies) : null, withBodies) : null;
        }
        catch (InvalidDataException error)
        {
            throw new SetUpException($"The events of the request {requests.Text(9)} are damaged. See provider-cli verify", error);
        }
        finally
        {
            requests.Reset();
            responses.Reset();
        }
    }

    private LoggedExchange Request(RawStatement row, LoggedAnswer? answer, bool withBodies) => new()
    {
        Headers = Headers(row),
        ContentType = Text(row, 2),
        BodyBytes = row.Integer(3),
        BodySha256 = Hex(row.Bytes(4)),
        PrunedBodyDigest = IsPruned(row) ? Hex(Original(row.Bytes(5))) : null,
        BodyState = row.Text(6),
        Body = Body(row, withBodies),
        RequestId = row.Text(9),
        ReceivedAtUs = row.Integer(10),
        Provider = Text(row, 11),
        Method = row.Text(12),
        Endpoint = row.Text(13),
        Query = Text(row, 14),
        Client = Text(row, 15),
        Model = Text(row, 16),
        Stream = row.Integer(17) != 0,
        ClientKey = Text(row, 18),
        Replays = Text(row, 19),
        Answer = answer,
    };

    private LoggedAnswer Answer(RawStatement row, bool withBodies) => new()
    {
        Headers = Headers(row),
        ContentType = Text(row, 2),
        BodyBytes = row.Integer(3),
        BodySha256 = Hex(row.Bytes(4)),
        PrunedBodyDigest = IsPruned(row) ? Hex(Original(row.Bytes(5))) : null,
        BodyState = row.Text(6),
        Body = Body(row, withBodies),
        EndedAtUs = row.Integer(9),
        Provider = Text(row, 10),
        Outcome = row.Text(11),
        StatusCode = (int?)Number(row, 12),
        UpstreamStatus = (int?)Number(row, 13),
        Error = Text(row, 14),
        DurationUs = Number(row, 15),
        FirstByteUs = Number(row, 16),
        FirstTokenUs = Number(row, 17),
        Stream = row.Integer(18) != 0,
        Model = Text(row, 19),
        PromptTokens = Number(row, 20),
        CompletionTokens = Number(row, 21),
        CachedTokens = Number(row, 22),
        ReasoningTokens = Number(row, 23),
        FinishReason = Text(row, 24),
        ToolCalls = (int?)Number(row, 25),
        LateRequestBytes = Number(row, 26),
        LateRequestSha256 = Hex(row.Bytes(27)),
        Attempts = Text(row, 28),
        PrunedEventsDigest = row.IsNull(30) ? Hex(Original(row.Bytes(29))) : null,
        Events = row.IsNull(30) ? null : withBodies ? EventsIn(row.Bytes(30)) : KeptBytes.Unread,
    };

    private static string Headers(RawStatement row) => Encoding.UTF8.GetString(row.Bytes(0)) + row.Text(1);

    private static bool IsPruned(RawStatement row) => row.IsNull(7) && row.IsNull(8);

    private KeptBytes? Body(RawStatement row, bool withBodies) =>
        IsPruned(row) ? null
        : !withBodies ? KeptBytes.Unread
        : row.IsNull(8) ? new KeptBytes(row.Bytes(7).ToArray(), row.TypeOf(7) == raw.SQLITE_TEXT)
        : new KeptBytes(pieces.Read(row.Bytes(8)), IsText: true);

    private static KeptBytes EventsIn(ReadOnlySpan<byte> packed)
    {
        var events = PackedEvents.Unpack(packed.ToArray());
        return new KeptBytes(events, Utf8.IsValid(events));
    }

    /// <summary>A digest as it was in the log that a record was imported from.</summary>
    private static ReadOnlySpan<byte> Original(ReadOnlySpan<byte> digest) => digest is [StoredBody.GoneBefore, ..] and not { Length: 32 } ? digest[1..] : digest;

    private static string? Hex(ReadOnlySpan<byte> digest) => digest.IsEmpty ? null : Convert.ToHexStringLower(digest);

    private static string? Text(RawStatement row, int column) => row.IsNull(column) ? null : row.Text(column);

    private static long? Number(RawStatement row, int column) => row.IsNull(column) ? null : row.Integer(column);

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        requests.Dispose();
        responses.Dispose();
        pieces.Dispose();
        connection.Dispose();
    }
}
