-- Providers as people make them, the keys of clients, and in the log who asked and what was tried.

ALTER TABLE providers ADD COLUMN key_sealed BLOB;                       -- the key itself, encrypted (KeyVault); null where a variable holds it
ALTER TABLE providers ADD COLUMN headers TEXT NOT NULL DEFAULT '{}';    -- JSON: sent with each request
ALTER TABLE providers ADD COLUMN query TEXT;                            -- added to each URL: api-version=preview
ALTER TABLE providers ADD COLUMN aliases TEXT NOT NULL DEFAULT '{}';    -- JSON: a model's name as clients say it, and as this provider does
ALTER TABLE providers ADD COLUMN idle_timeout_ms INTEGER;               -- of silence; null: REQUEST_TIMEOUT
ALTER TABLE providers ADD COLUMN connect_timeout_ms INTEGER;            -- null: the router's own
ALTER TABLE providers ADD COLUMN keep_alive_ms INTEGER;                 -- between comments before a stream's first token; null: none
ALTER TABLE providers ADD COLUMN retries INTEGER;                       -- after the first attempt; null: the router's own
ALTER TABLE providers ADD COLUMN cancels INTEGER NOT NULL DEFAULT 1 CHECK (cancels IN (0, 1));  -- 1: a client that leaves ends its request
ALTER TABLE providers ADD COLUMN note TEXT;

-- Keys of the router's own clients. A key is 256 random bits, so its plain SHA-256 tells nothing of it.
CREATE TABLE client_keys (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('client', 'admin')),
    hash       BLOB NOT NULL,                   -- SHA-256 of the key
    created_at INTEGER NOT NULL,                -- Unix seconds, as the next two
    expires_at INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE UNIQUE INDEX client_keys_by_name ON client_keys (name) WHERE revoked_at IS NULL;

CREATE TRIGGER client_keys_inserted AFTER INSERT ON client_keys
BEGIN UPDATE settings SET value = value + 1 WHERE key = 'settings_version'; END;

CREATE TRIGGER client_keys_updated AFTER UPDATE ON client_keys
BEGIN UPDATE settings SET value = value + 1 WHERE key = 'settings_version'; END;

CREATE TRIGGER client_keys_deleted AFTER DELETE ON client_keys
BEGIN UPDATE settings SET value = value + 1 WHERE key = 'settings_version'; END;

-- Columns that came later count for a row's hash only where they are not NULL: what was hashed before stays as it is.
ALTER TABLE audit_requests ADD COLUMN client_key TEXT;   -- the name of the key that the client showed
ALTER TABLE audit_responses ADD COLUMN attempts TEXT;    -- JSON: each attempt, where it was not one alone with the request as it came

DROP TRIGGER audit_requests_no_update_of;
CREATE TRIGGER audit_requests_no_update_of BEFORE UPDATE OF seq, request_id, run, received_at_us, provider, method, endpoint,
    query, client, model, stream, headers_piece, headers, content_type, body_bytes, body_sha256, body_digest, body_state, client_key
ON audit_requests
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

DROP TRIGGER audit_responses_no_update_of;
CREATE TRIGGER audit_responses_no_update_of BEFORE UPDATE OF request, ended_at_us, provider, outcome, status_code,
    upstream_status, error, duration_us, first_byte_us, first_token_us, stream, model, prompt_tokens, completion_tokens,
    cached_tokens, reasoning_tokens, finish_reason, tool_calls, late_request_bytes, late_request_sha256, headers_piece, headers,
    content_type, body_bytes, body_sha256, body_digest, body_state, stream_digest, attempts
ON audit_responses
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
       a.attempts
FROM audit_requests q
LEFT JOIN audit_responses a ON a.request = q.id;

CREATE TRIGGER request_logs_no_update INSTEAD OF UPDATE ON request_logs
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

CREATE TRIGGER request_logs_no_delete INSTEAD OF DELETE ON request_logs
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be deleted'); END;
