-- A request that repeats one of the log names it.

ALTER TABLE audit_requests ADD COLUMN replays TEXT;   -- request_id of the one that it repeats; null for all others

DROP TRIGGER audit_requests_no_update_of;
CREATE TRIGGER audit_requests_no_update_of BEFORE UPDATE OF seq, request_id, run, received_at_us, provider, method, endpoint,
    query, client, model, stream, headers_piece, headers, content_type, body_bytes, body_sha256, body_digest, body_state, client_key, replays
ON audit_requests
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

DROP VIEW request_logs;

CREATE VIEW request_logs AS
SELECT q.id,
       q.request_id,
       coalesce(a.provider, q.provider)         AS provider,
       q.endpoint,
       q.method,
       CASE WHEN q.body_parts IS NULL THEN q.body ELSE (SELECT group_concat(data, '') FROM (
           SELECT CAST(p.data AS TEXT) AS data FROM json_each(q.body_parts) r CROSS JOIN audit_pieces p
           WHERE p.id BETWEEN json_extract(r.value, '$[0]') AND json_extract(r.value, '$[1]') ORDER BY r.key, p.id)) END
                                                AS request_body,
       CASE WHEN a.body_parts IS NULL THEN a.body ELSE (SELECT group_concat(data, '') FROM (
           SELECT CAST(p.data AS TEXT) AS data FROM json_each(a.body_parts) r CROSS JOIN audit_pieces p
           WHERE p.id BETWEEN json_extract(r.value, '$[0]') AND json_extract(r.value, '$[1]') ORDER BY r.key, p.id)) END
                                                AS response_body,
       a.status_code,
       a.duration_us / 1000.0                   AS duration_ms,
       a.error,
       q.received_at_us / 1000000               AS created_at,
       q.received_at_us                         AS created_at_us,
       q.model,
       coalesce(a.stream, q.stream)             AS stream,
       a.outcome,
       a.upstream_status,
       a.first_byte_us / 1000.0                 AS first_byte_ms,
       a.first_token_us / 1000.0                AS first_token_ms,
       a.model                                  AS response_model,
       a.prompt_tokens,
       a.completion_tokens,
       a.cached_tokens,
       a.reasoning_tokens,
       a.finish_reason,
       a.tool_calls,
       q.query,
       q.client,
       CAST((SELECT data FROM audit_pieces WHERE id = q.headers_piece) AS TEXT) || q.headers AS request_headers,
       q.content_type                           AS request_content_type,
       coalesce(a.late_request_bytes, q.body_bytes) AS request_bytes,
       nullif(lower(hex(coalesce(a.late_request_sha256, q.body_sha256))), '') AS request_sha256,
       CASE WHEN q.body IS NULL AND q.body_parts IS NULL AND (q.body_bytes > 0 OR q.body_digest IS NOT NULL) THEN 'pruned'
            ELSE q.body_state END               AS request_body_state,
       CAST((SELECT data FROM audit_pieces WHERE id = a.headers_piece) AS TEXT) || a.headers AS response_headers,
       a.content_type                           AS response_content_type,
       a.body_bytes                             AS response_bytes,
       nullif(lower(hex(a.body_sha256)), '')    AS response_sha256,
       CASE WHEN a.body IS NULL AND a.body_parts IS NULL AND (a.body_bytes > 0 OR a.body_digest IS NOT NULL) THEN 'pruned'
            ELSE a.body_state END               AS response_body_state,
       a.event_stream                           AS response_event_stream,
       q.seq,
       q.run,
       q.client_key,
       a.attempts,
       q.replays
FROM audit_requests q
LEFT JOIN audit_responses a ON a.request = q.id;

CREATE TRIGGER request_logs_no_update INSTEAD OF UPDATE ON request_logs
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

CREATE TRIGGER request_logs_no_delete INSTEAD OF DELETE ON request_logs
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be deleted'); END;
