using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>Appends rows to the log, many in one transaction. For one thread at a time: the log's only writer.</summary>
public sealed class AuditLogTables : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insertRequest;
    private readonly SqliteCommand insertResponse;

    internal AuditLogTables(SqliteConnection connection)
    {
        this.connection = connection;
        // A body that is text comes as UTF-8 bytes and is made text by SQLite: no copy of it as UTF-16 on the way.
        insertRequest = connection.Prepare(
            """
            INSERT INTO audit_requests (request_id, received_at_us, provider, headers, content_type, body_bytes, body_sha256,
                body_state, body, method, endpoint, query, client, model, stream)
            VALUES ($id, $at, $provider, CAST($headers AS TEXT), $contentType, $bytes, $sha256,
                $state, CASE WHEN $isText THEN CAST($body AS TEXT) ELSE $body END, $method, $endpoint, $query, $client, $model, $stream)
            """,
            "$id", "$at", "$provider", "$headers", "$contentType", "$bytes", "$sha256", "$state", "$isText", "$body",
            "$method", "$endpoint", "$query", "$client", "$model", "$stream");
        insertResponse = connection.Prepare(
            """
            INSERT INTO audit_responses (request_id, ended_at_us, provider, headers, content_type, body_bytes, body_sha256,
                body_state, body, event_stream, outcome, status_code, upstream_status, error, duration_us, first_byte_us, stream)
            VALUES ($id, $at, $provider, CAST($headers AS TEXT), $contentType, $bytes, $sha256,
                $state, CASE WHEN $isText THEN CAST($body AS TEXT) ELSE $body END,
                CASE WHEN $eventsAreText THEN CAST($events AS TEXT) ELSE $events END,
                $outcome, $status, $upstreamStatus, $error, $duration, $firstByte, $stream)
            """,
            "$id", "$at", "$provider", "$headers", "$contentType", "$bytes", "$sha256", "$state", "$isText", "$body",
            "$eventsAreText", "$events", "$outcome", "$status", "$upstreamStatus", "$error", "$duration", "$firstByte", "$stream");
    }

    /// <summary>Appends these rows in one transaction: all of them are on the disk when this returns, or none.</summary>
    /// <exception cref="SqliteException">Nothing was written.</exception>
    public void Append(IReadOnlyList<AuditRow> rows)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        insertRequest.Transaction = insertResponse.Transaction = transaction;
        foreach (var row in rows)
        {
            switch (row)
            {
                case AuditRequest request:
                    Insert(request);
                    break;
                case AuditResponse response:
                    Insert(response);
                    break;
            }
        }

        transaction.Commit();
    }

    private void Insert(AuditRequest request)
    {
        SetShared(insertRequest, request);
        insertRequest.Set(10, request.Method);
        insertRequest.Set(11, request.Endpoint);
        insertRequest.Set(12, request.Query);
        insertRequest.Set(13, request.Client);
        insertRequest.Set(14, request.Model);
        insertRequest.Set(15, request.Stream ? 1 : 0);
        insertRequest.ExecuteNonQuery();
    }

    private void Insert(AuditResponse response)
    {
        SetShared(insertResponse, response);
        insertResponse.Set(10, response.EventStream.IsText ? 1 : 0);
        insertResponse.Set(11, response.EventStream.Kept);
        insertResponse.Set(12, response.Outcome.Name());
        insertResponse.Set(13, response.StatusCode);
        insertResponse.Set(14, response.UpstreamStatus);
        insertResponse.Set(15, response.Error);
        insertResponse.Set(16, Microseconds(response.Duration));
        insertResponse.Set(17, response.FirstByte is { } firstByte ? Microseconds(firstByte) : null);
        insertResponse.Set(18, response.Stream ? 1 : 0);
        insertResponse.ExecuteNonQuery();
    }

    private static void SetShared(SqliteCommand command, AuditRow row)
    {
        command.Set(0, row.RequestId);
        command.Set(1, Microseconds(row.At - DateTimeOffset.UnixEpoch));
        command.Set(2, row.Provider);
        command.Set(3, row.Headers);
        command.Set(4, row.ContentType);
        command.Set(5, row.Body.Bytes);
        command.Set(6, row.Body.Sha256);
        command.Set(7, StateName(row.Body.State));
        command.Set(8, row.Body.IsText ? 1 : 0);
        command.Set(9, row.Body.Kept);
    }

    private static string StateName(AuditBodyState state) => state switch
    {
        AuditBodyState.None => "none",
        AuditBodyState.Whole => "whole",
        AuditBodyState.Cut => "cut",
        AuditBodyState.Described => "described",
        _ => "incomplete",
    };

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        insertRequest.Dispose();
        insertResponse.Dispose();
        connection.Dispose();
    }
}
