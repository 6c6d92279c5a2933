namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>
/// The tables whose rows make the chain, and their columns. The covered ones come first and count for a row's hash, in this
/// order, then those that were added later, which count where they are not NULL, each with a letter of its own; the hash is next; what follows is kept beside it and
/// counts by its digest among the covered ones.
/// </summary>
internal sealed record ChainTables(char Letter, string Name, string[] Covered, string[] Later, string[] Beside)
{
    /// <summary>The column that names a piece, and counts by the piece's hash.</summary>
    public const string HeadersPiece = "headers_piece";

    /// <summary>Requests as they came in.</summary>
    public static readonly ChainTables Requests = new('q', "audit_requests",
        ["seq", "id", "request_id", "run", "received_at_us", "provider", "method", "endpoint", "query", "client", "model", "stream",
            HeadersPiece, "headers", "content_type", "body_bytes", "body_sha256", "body_digest", "body_state"],
        ["client_key", "replays"], ["body", "body_parts"]);

    /// <summary>Answers as they ended.</summary>
    public static readonly ChainTables Responses = new('a', "audit_responses",
        ["seq", "request", "ended_at_us", "provider", "outcome", "status_code", "upstream_status", "error", "duration_us",
            "first_byte_us", "first_token_us", "stream", "model", "prompt_tokens", "completion_tokens", "cached_tokens",
            "reasoning_tokens", "finish_reason", "tool_calls", "late_request_bytes", "late_request_sha256",
            HeadersPiece, "headers", "content_type", "body_bytes", "body_sha256", "body_digest", "body_state", "stream_digest"],
        ["attempts"], ["body", "body_parts", "event_stream"]);

    /// <summary>What happened to the log itself.</summary>
    public static readonly ChainTables Events = new('e', "audit_events",
        ["seq", "at_us", "kind", "through", "detail"], [], []);

    /// <summary>All of them.</summary>
    public static readonly ChainTables[] All = [Requests, Responses, Events];

    /// <summary>The letter of the first later column; the one of the next is the next.</summary>
    public const char FirstLaterLetter = 'x';

    /// <summary>The columns in the order in which they are written and read.</summary>
    public string[] Columns => [.. Covered, .. Later, "hash", .. Beside];

    /// <summary>The statement that adds a row; its parameters are the columns in order.</summary>
    public string Insert
    {
        get
        {
            var columns = Columns;
            return $"INSERT OR FAIL INTO {Name} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})";
        }
    }

    /// <summary>The statement that reads all rows in the chain's order: the columns as they are inserted.</summary>
    public string SelectAll => $"{Select} ORDER BY {(this == Requests ? "id" : "seq")}";

    /// <summary>The statement that reads the rows at a place.</summary>
    public string SelectAt => $"{Select} WHERE seq = ?";

    private string Select => $"SELECT {string.Join(", ", Columns)} FROM {Name}";
}
