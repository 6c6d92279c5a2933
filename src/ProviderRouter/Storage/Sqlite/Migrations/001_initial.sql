-- What users switch, the providers, and the audit log: a request is one row, its answer another. Both are only ever added.

CREATE TABLE settings (
    key        TEXT PRIMARY KEY,
    value      TEXT NOT NULL,
    updated_at INTEGER NOT NULL                 -- Unix seconds
) STRICT, WITHOUT ROWID;

INSERT INTO settings (key, value, updated_at) VALUES ('active_provider', 'lm-studio', unixepoch());

CREATE TABLE providers (
    position      INTEGER PRIMARY KEY,          -- the order in which they are listed
    name          TEXT NOT NULL UNIQUE,
    type          TEXT NOT NULL,
    base_url      TEXT NOT NULL,
    key_variable  TEXT,                         -- the environment variable that holds the key; never the key
    key_header    TEXT NOT NULL,
    key_prefix    TEXT NOT NULL,
    default_model TEXT,
    enabled       INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    origin        TEXT NOT NULL CHECK (origin IN ('built-in', 'environment', 'edited')),
    updated_at    INTEGER NOT NULL              -- Unix seconds
) STRICT;

-- Bodies stand last in a row, so that reading the other columns does not walk through them.
CREATE TABLE audit_requests (
    id               INTEGER PRIMARY KEY,
    request_id       TEXT NOT NULL UNIQUE,      -- UUID version 7, made by the router
    received_at_us   INTEGER NOT NULL,          -- Unix microseconds
    provider         TEXT,                      -- the one that was chosen; null when there was none to choose
    method           TEXT NOT NULL,
    endpoint         TEXT NOT NULL,             -- the path
    query            TEXT,
    client           TEXT,                      -- the address that it came from
    model            TEXT,                      -- as asked for
    stream           INTEGER NOT NULL,          -- 1 when the client asked for a stream
    headers          TEXT NOT NULL,             -- JSON; secrets are redacted
    content_type     TEXT,
    body_bytes       INTEGER NOT NULL,          -- the true size, also when not all of it is kept
    body_sha256      TEXT,
    body_state       TEXT NOT NULL CHECK (body_state IN ('none', 'whole', 'cut', 'described', 'incomplete')),
    body             ANY
) STRICT;

CREATE TABLE audit_responses (
    id               INTEGER PRIMARY KEY,
    request_id       TEXT NOT NULL UNIQUE REFERENCES audit_requests (request_id),
    ended_at_us      INTEGER NOT NULL,          -- Unix microseconds
    provider         TEXT,                      -- the one that really answered
    outcome          TEXT NOT NULL,             -- ok, upstream_error, unreachable, timeout, client_closed, upstream_cut, rejected, router_error
    status_code      INTEGER NOT NULL,          -- what the client was sent; 499 when it left before the end
    upstream_status  INTEGER,                   -- what the provider sent; null when it sent nothing
    error            TEXT,                      -- null when all went well
    duration_us      INTEGER NOT NULL,          -- from the request's arrival to the end of its answer
    first_byte_us    INTEGER,                   -- from the request's arrival to the answer's first byte
    stream           INTEGER NOT NULL,          -- 1 when the answer was an event stream
    headers          TEXT NOT NULL,             -- JSON; secrets are redacted
    content_type     TEXT,
    body_bytes       INTEGER NOT NULL,
    body_sha256      TEXT,
    body_state       TEXT NOT NULL CHECK (body_state IN ('none', 'whole', 'cut', 'described', 'incomplete')),
    body             ANY,                       -- of a stream: the answer put together from its events
    event_stream     ANY                        -- of a stream: the events as they were sent
) STRICT;

CREATE VIEW request_logs AS
SELECT q.id,
       q.request_id,
       coalesce(a.provider, q.provider)         AS provider,
       q.endpoint,
       q.method,
       q.body                                   AS request_body,
       a.body                                   AS response_body,
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
       q.query,
       q.client,
       q.headers                                AS request_headers,
       q.content_type                           AS request_content_type,
       q.body_bytes                             AS request_bytes,
       q.body_sha256                            AS request_sha256,
       q.body_state                             AS request_body_state,
       a.headers                                AS response_headers,
       a.content_type                           AS response_content_type,
       a.body_bytes                             AS response_bytes,
       a.body_sha256                            AS response_sha256,
       a.body_state                             AS response_body_state,
       a.event_stream                           AS response_event_stream
FROM audit_requests q
LEFT JOIN audit_responses a ON a.request_id = q.request_id;

-- REPLACE deletes without firing a DELETE trigger, so a row that is there already is refused before it comes to that.
CREATE TRIGGER audit_requests_no_replace BEFORE INSERT ON audit_requests
WHEN EXISTS (SELECT 1 FROM audit_requests WHERE request_id = NEW.request_id OR id = NEW.id)
BEGIN SELECT raise(ABORT, 'the audit log is append-only: this request is on record already'); END;

CREATE TRIGGER audit_requests_no_update BEFORE UPDATE ON audit_requests
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

CREATE TRIGGER audit_requests_no_delete BEFORE DELETE ON audit_requests
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be deleted'); END;

CREATE TRIGGER audit_responses_no_replace BEFORE INSERT ON audit_responses
WHEN EXISTS (SELECT 1 FROM audit_responses WHERE request_id = NEW.request_id OR id = NEW.id)
BEGIN SELECT raise(ABORT, 'the audit log is append-only: this answer is on record already'); END;

CREATE TRIGGER audit_responses_no_update BEFORE UPDATE ON audit_responses
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

CREATE TRIGGER audit_responses_no_delete BEFORE DELETE ON audit_responses
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be deleted'); END;

CREATE TRIGGER request_logs_no_update INSTEAD OF UPDATE ON request_logs
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be changed'); END;

CREATE TRIGGER request_logs_no_delete INSTEAD OF DELETE ON request_logs
BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be deleted'); END;
