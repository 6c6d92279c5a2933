using Microsoft.Data.Sqlite;

namespace ProviderRouter.Bench;

/// <summary>The log as anybody reads it: by the view <c>request_logs</c>.</summary>
internal static class RecordedRequests
{
    public static long Count(string data)
    {
        using var connection = Open(data);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM request_logs";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>The bodies of all requests, byte for byte, in the order of their ids.</summary>
    public static IEnumerable<byte[]> Bodies(string data)
    {
        using var connection = Open(data);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT CAST(request_body AS BLOB) FROM request_logs ORDER BY id";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader.IsDBNull(0) ? [] : reader.GetFieldValue<byte[]>(0);
        }
    }

    private static SqliteConnection Open(string data)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(data, "provider-router.db"),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ConnectionString);
        connection.Open();
        return connection;
    }
}
