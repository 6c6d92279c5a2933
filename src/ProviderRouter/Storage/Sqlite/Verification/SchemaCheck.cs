using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>
/// Whether the log's tables, triggers and the view are as this program made them: a view that shows something else is as good
/// as an altered row.
/// </summary>
internal static class SchemaCheck
{
    // A trigger is known by what it says: in a schema that was edited by hand, the other columns may say anything.
    private const string Sql =
        """
        SELECT type || ' ' || name, sql FROM sqlite_schema
        WHERE sql IS NOT NULL AND (tbl_name LIKE 'audit\_%' ESCAPE '\' OR tbl_name LIKE 'request\_logs' ESCAPE '\'
           OR (sql LIKE 'create%trigger%' AND (sql LIKE '%audit\_%' ESCAPE '\' OR sql LIKE '%request\_logs%' ESCAPE '\')))
        """;

    /// <summary>The first thing that differs; null when nothing does.</summary>
    public static ChainFault? Find(SqliteConnection connection, TimeProvider time)
    {
        using var pristine = new SqliteConnection("Data Source=:memory:;Pooling=False");
        pristine.Open();
        SchemaMigrator.Migrate(pristine, ":memory:", time);
        var (expected, found) = (Read(pristine), Read(connection));
        foreach (var (name, sql) in expected)
        {
            if (!found.TryGetValue(name, out var now))
            {
                return new ChainFault("schema", Place: null, RequestId: null, $"The {name} is missing.");
            }

            if (now != sql)
            {
                return new ChainFault("schema", Place: null, RequestId: null, $"The {name} was changed.");
            }
        }

        return found.Keys.Except(expected.Keys).FirstOrDefault() is { } stranger
            ? new ChainFault("schema", Place: null, RequestId: null, $"The {stranger} was added.") : null;
    }

    private static Dictionary<string, string> Read(SqliteConnection connection)
    {
        using var command = connection.Prepare(Sql);
        using var reader = command.ExecuteReader();
        var schema = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            schema[reader.GetString(0)] = reader.GetString(1);
        }

        return schema;
    }
}
