using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>What rows are called in messages, and the requests they belong to.</summary>
internal sealed class RowNames(SqliteConnection connection)
{
    /// <summary><c>the answer at place 12 (0197…)</c></summary>
    public string Of(ChainCursor row) =>
        $"the {KindOf(row.Table)} at place {row.Place}" + (RequestIdOf(row) is { } id ? $" ({id})" : "");

    /// <summary><c>request</c>, <c>answer</c> or <c>event</c>.</summary>
    public static string KindOf(ChainTables table) =>
        table == ChainTables.Requests ? "request" : table == ChainTables.Responses ? "answer" : "event";

    /// <summary>The request that a row belongs to; null where it belongs to none that is there.</summary>
    public string? RequestIdOf(ChainCursor row) =>
        row.Table == ChainTables.Requests ? row.Row.Text(row.Columns.RequestId)
        : row.Table == ChainTables.Responses ? RequestIdOf(row.Row.Integer(row.Columns.Request))
        : null;

    private string? RequestIdOf(long request)
    {
        using var find = new RawStatement(connection, "SELECT request_id FROM audit_requests WHERE id = ?");
        find.Bind(0, request);
        return find.Step() ? find.Text(0) : null;
    }
}
