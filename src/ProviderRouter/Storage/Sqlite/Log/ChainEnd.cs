using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>Where the chain ends now, as the tables say.</summary>
internal static class ChainEnd
{
    private const string Sql =
        """
        SELECT seq, hash FROM (
            SELECT seq, hash FROM (SELECT seq, hash FROM audit_requests ORDER BY id DESC LIMIT 1)
            UNION ALL SELECT seq, hash FROM (SELECT seq, hash FROM audit_responses ORDER BY seq DESC LIMIT 1)
            UNION ALL SELECT seq, hash FROM (SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1))
        ORDER BY seq DESC LIMIT 1
        """;

    // When retention has taken every request, what it left behind tells how far they had been counted.
    private const string LastRequestSql =
        """
        SELECT coalesce(
            (SELECT max(id) FROM audit_requests),
            (SELECT json_extract(detail, '$.lastRequest') FROM audit_events WHERE kind = 'records_pruned' AND through IS NOT NULL
             ORDER BY seq DESC LIMIT 1),
            0)
        """;

    /// <summary>The last row.</summary>
    public static ChainHead Read(SqliteConnection connection)
    {
        using var statement = new RawStatement(connection, Sql);
        return statement.Step() ? new ChainHead(statement.Integer(0), statement.Bytes(1).ToArray()) : ChainHead.Origin;
    }

    /// <summary>The id of the last request.</summary>
    public static long LastRequest(SqliteConnection connection)
    {
        using var statement = new RawStatement(connection, LastRequestSql);
        statement.Step();
        return statement.Integer(0);
    }
}
