-- The log as a chain: each row of the three audit tables carries its place in it (seq) and a SHA-256 over its own content and
-- the row before. Bodies are kept in pieces that other bodies may share. docs/log.md says how a hash is made.
-- The rows of the first schema are moved over by the program, which then drops the old_ tables.

DROP VIEW request_logs;
DROP TRIGGER audit_requests_no_replace;
DROP TRIGGER audit_requests_no_update;
DROP TRIGGER audit_requests_no_delete;
DROP TRIGGER audit_responses_no_replace;
DROP TRIGGER audit_responses_no_update;
DROP TRIGGER audit_responses_no_delete;
ALTER TABLE audit_responses RENAME TO old_responses;
ALTER TABLE audit_requests RENAME TO old_requests;

-- Counts the changes of settings and providers, so that the server sees with one look that there was one.
INSERT INTO settings (key, value, updated_at) VALUES ('settings_version', '0', unixepoch());

CREATE TRIGGER settings_inserted AFTER INSERT ON settings WHEN NEW.key <> 'settings_version'
BEGIN UPDATE settings SET value = value + 1 WHERE key = 'settings_version'; END;

CREATE TRIGGER settings_updated AFTER UPDATE ON settings WHEN NEW.key <> 'settings_version'
BEGIN UPDATE settings SET value = value + 1 WHERE key = 'settings_version'; END;

CREATE TRIGGER settings_deleted AFTER DELETE ON settings WHEN OLD.key <> 'settings_version'
BEGIN UPDATE settings SET value = value + 1 WHERE key = 'settings_version'; END;

CREATE TRIGGER providers_inserted AFTER INSERT ON providers
BEGIN UPDATE settings SET value = value + 1 WHERE key = 'settings_version'; END;

CREATE TRIGGER providers_updated AFTER UPDATE ON providers
BEGIN UPDATE settings SET value = value + 1 WHERE key = 'settings_version'; END;

CREATE TRIGGER providers_deleted AFTER DELETE ON providers
BEGIN UPDATE settings SET value = value + 1 WHERE key = 'settings_version'; END;

-- The servers that run, or did when they were killed. Not part of the log: a row is deleted when its server ends.
CREATE TABLE runs (
    id               INTEGER PRIMARY KEY,       -- seq of the event that began it
    url              TEXT,                      -- where it listens
    answered_through INTEGER NOT NULL           -- all requests up to this id have an answer on record
) STRICT;

CREATE TABLE audit_pieces (
    id   INTEGER PRIMARY KEY,
    hash BLOB NOT NULL,                         -- the first 16 bytes of the SHA-256 of data
    data BLOB NOT NULL
) STRICT;

CREATE INDEX audit_pieces_by_hash ON audit_pieces (hash);

-- Bodies stand last in a row, so that reading the other columns does not walk through them.
CREATE TABLE audit_requests (
    id               INTEGER PRIMARY KEY,       -- counts requests, without a gap
    seq              INTEGER NOT NULL,          -- place in the chain
    request_id       TEXT NOT NULL,             -- UUID version 7, made by the router
    run              INTEGER NOT NULL,          -- seq of the event that began the server's run
    received_at_us   INTEGER NOT NULL,          -- Unix microseconds
    provider         TEXT,                      -- the one that was chosen; null when there was none to choose
    method           TEXT NOT NULL,
    endpoint         TEXT NOT NULL,             -- the path
    query            TEXT,
    client           TEXT,                      -- the address that it came from
    model            TEXT,                      -- as asked for
    stream           INTEGER NOT NULL,          -- 1 when the client asked for a stream
    headers_piece    INTEGER NOT NULL,          -- the beginning of the headers' JSON; secrets are redacted
    headers          TEXT NOT NULL,             -- its rest
    content_type     TEXT,
    body_bytes       INTEGER NOT NULL,          -- the true size, also when not all of it is kept
    body_sha256      BLOB,                      -- of the body as it was sent
    body_digest      BLOB,                      -- of what is kept, where that differs: docs/log.md
    body_state       TEXT NOT NULL CHECK (body_state IN ('none', 'whole', 'cut', 'described', 'incomplete')),
    hash             BLOB NOT NULL,
    body             ANY,
    body_parts       TEXT                       -- in place of body: JSON, ranges of pieces in order
) STRICT;

-- Not UNIQUE, as the next one: REPLACE would delete the row that is there without firing a trigger. The program sees to it.
CREATE INDEX audit_requests_by_request_id ON audit_requests (request_id);

CREATE TABLE audit_responses (
    seq              INTEGER PRIMARY KEY,       -- place in the chain
    request          INTEGER NOT NULL,          -- audit_requests.id
    ended_at_us      INTEGER NOT NULL,          -- Unix microseconds
    provider         TEXT,                      -- the one that really answered
    outcome          TEXT NOT NULL,             -- ok, upstream_error, unreachable, timeout, client_closed, upstream_cut, interrupted, rejected, router_error
    status_code      INTEGER,                   -- what the client was sent; 499 when it left before the end
    upstream_status  INTEGER,                   -- what the provider sent; null when it sent nothing
    error            TEXT,                      -- null when all went well
    duration_us      INTEGER,                   -- from the request's arrival to the end of its answer
    first_byte_us    INTEGER,                   -- from the request's arrival to the answer's first byte
    first_token_us   INTEGER,                   -- from the request's arrival to a stream's first content
    stream           INTEGER NOT NULL,          -- 1 when the answer was an event stream
    model            TEXT,                      -- the one that answered
    prompt_tokens    INTEGER,                   -- tokens as the provider reports them
    completion_tokens INTEGER,
    cached_tokens    INTEGER,
    reasoning_tokens INTEGER,
    finish_reason    TEXT,
    tool_calls       INTEGER,                   -- how many the answer has
    late_request_bytes  INTEGER,                -- the request's size and digest, where its row came before the end of its body
    late_request_sha256 BLOB,
    headers_piece    INTEGER NOT NULL,
    headers          TEXT NOT NULL,
    content_type     TEXT,
    body_bytes       INTEGER NOT NULL,
    body_sha256      BLOB,
    body_digest      BLOB,
    body_state       TEXT NOT NULL CHECK (body_state IN ('none', 'whole', 'cut', 'described', 'incomplete')),
    stream_digest    BLOB,                      -- SHA-256 of event_stream
    hash             BLOB NOT NULL,
    body             ANY,                       -- of a stream: the answer put together from its events
    body_parts       TEXT,
    event_stream     BLOB                       -- of a stream: the events as they were sent, in zlib's format
) STRICT;

CREATE INDEX audit_responses_by_request ON audit_responses (request);

-- What happened to the log itself.
CREATE TABLE audit_events (
    seq              INTEGER PRIMARY KEY,       -- place in the chain
    at_us            INTEGER NOT NULL,          -- Unix microseconds
    kind             TEXT NOT NULL,
    through          INTEGER,                   -- bodies_pruned, records_pruned, pruned: the last place in the chain that it concerns; pieces_pruned: the last piece
    detail           TEXT NOT NULL,             -- JSON
    hash             BLOB NOT NULL
) STRICT;

CREATE INDEX audit_events_by_kind ON audit_events (kind, through) WHERE through IS NOT NULL;

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
       q.run
FROM audit_requests q
LEFT JOIN audit_responses a ON a.request = q.id;

-- A row is only ever added at the end; REPLACE would delete one without firing a DELETE trigger. FAIL instead of ABORT spares
-- each insert a journal of its own.
CREATE TRIGGER audit_requests_no_replace BEFORE INSERT ON audit_requests
WHEN NEW.id <= (SELECT max(id) FROM audit_requests)
BEGIN SELECT raise(FAIL, 'the audit log is append-only: this request is on record already'); END;

CREATE TRIGGER audit_responses_no_replace BEFORE INSERT ON audit_responses
WHEN NEW.seq <= (SELECT max(seq) FROM audit_responses)
BEGIN SELECT raise(FAIL, 'the audit log is append-only: this answer is on record already'); END;

CREATE TRIGGER audit_events_no_replace BEFORE INSERT ON audit_events
WHEN NEW.seq <= (SELECT max(seq) FROM audit_events)
BEGIN SELECT raise(FAIL, 'the audit log is append-only: this event is on record already'); END;

-- What is covered by a row's hash never changes. A body may be taken out, and a record removed, once an event says so.
CREATE TRIGGER audit_requests_no_update BEFORE UPDATE ON audit_requests
WHEN NEW.body IS NOT NULL OR NEW.body_parts IS NOT NULL
  OR OLD.seq > coalesce((SELECT max(through) FROM audit_events WHERE kind = 'bodies_pruned' AND through IS NOT NULL), 0)
  OR (NEW.id, NEW.seq, NEW.request_id, NEW.hash) IS NOT (OLD.id, OLD.seq, OLD.request_id, OLD.hash)
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

CREATE TRIGGER audit_requests_no_update_of BEFORE UPDATE OF seq, request_id, run, received_at_us, provider, method, endpoint,
    query, client, model, stream, headers_piece, headers, content_type, body_bytes, body_sha256, body_digest, body_state
ON audit_requests
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

CREATE TRIGGER audit_requests_no_delete BEFORE DELETE ON audit_requests
WHEN OLD.seq > coalesce((SELECT max(through) FROM audit_events WHERE kind = 'records_pruned' AND through IS NOT NULL), 0)
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be deleted'); END;

CREATE TRIGGER audit_responses_no_update BEFORE UPDATE ON audit_responses
WHEN NEW.body IS NOT NULL OR NEW.body_parts IS NOT NULL OR NEW.event_stream IS NOT NULL
  OR OLD.seq > coalesce((SELECT max(through) FROM audit_events WHERE kind = 'bodies_pruned' AND through IS NOT NULL), 0)
  OR (NEW.seq, NEW.request, NEW.hash) IS NOT (OLD.seq, OLD.request, OLD.hash)
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

CREATE TRIGGER audit_responses_no_update_of BEFORE UPDATE OF request, ended_at_us, provider, outcome, status_code,
    upstream_status, error, duration_us, first_byte_us, first_token_us, stream, model, prompt_tokens, completion_tokens,
    cached_tokens, reasoning_tokens, finish_reason, tool_calls, late_request_bytes, late_request_sha256, headers_piece, headers,
    content_type, body_bytes, body_sha256, body_digest, body_state, stream_digest
ON audit_responses
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

CREATE TRIGGER audit_responses_no_delete BEFORE DELETE ON audit_responses
WHEN OLD.seq > coalesce((SELECT max(through) FROM audit_events WHERE kind = 'records_pruned' AND through IS NOT NULL), 0)
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be deleted'); END;

CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
WHEN OLD.seq > coalesce((SELECT max(through) FROM audit_events WHERE kind = 'records_pruned' AND through IS NOT NULL), 0)
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be deleted'); END;

-- Pieces are removed by retention alone, when no row refers to them: from an event that names the last piece that it looked at, to
-- the next event pruned.
CREATE TRIGGER audit_pieces_no_update BEFORE UPDATE ON audit_pieces
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

CREATE TRIGGER audit_pieces_no_replace BEFORE INSERT ON audit_pieces
WHEN NEW.id <= (SELECT max(id) FROM audit_pieces)
BEGIN SELECT raise(FAIL, 'the audit log is append-only: this piece is on record already'); END;

CREATE TRIGGER audit_pieces_no_delete BEFORE DELETE ON audit_pieces
WHEN OLD.id > coalesce((SELECT max(through) FROM audit_events WHERE kind = 'pieces_pruned' AND through IS NOT NULL
    AND seq > coalesce((SELECT max(through) FROM audit_events WHERE kind = 'pruned' AND through IS NOT NULL), 0)), 0)
BEGIN SELECT raise(ABORT, 'the audit log is append-only: pieces cannot be deleted'); END;

CREATE TRIGGER request_logs_no_update INSTEAD OF UPDATE ON request_logs
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

CREATE TRIGGER request_logs_no_delete INSTEAD OF DELETE ON request_logs
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be deleted'); END;
