using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Questions;

/// <summary>Reads the digests of requests' bodies, and nothing of the bodies.</summary>
internal sealed class DigestReader(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement digest = new(connection,
        """
        SELECT coalesce(a.late_request_sha256, q.body_sha256)
        FROM audit_requests q LEFT JOIN audit_responses a ON a.request = q.id WHERE q.id = ?
        """);

    /// <summary>The digest of the body as it was sent, in hex; null where there is none.</summary>
    public string? Read(long id)
    {
        digest.Bind(0, id);
        var found = digest.Step() && !digest.IsNull(0) ? Convert.ToHexStringLower(digest.Bytes(0)) : null;
        digest.Reset();
        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => digest.Dispose();
}
