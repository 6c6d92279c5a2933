using Microsoft.Data.Sqlite;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Glance;

/// <summary>
/// What is in a database at this moment, for who cannot wait, such as a shell that completes a word. Nothing is created, migrated,
/// marked or waited for, and what cannot be read is not there: no member throws.
/// </summary>
public sealed class DatabaseGlance
{
    /// <summary>How far back names are looked for that stand in the log alone.</summary>
    private const int RecentRequests = 1000;

    private readonly string path;

    static DatabaseGlance() => NativeSqlite.Configure();

    /// <param name="folder">Where the database lies, if there is one.</param>
    public DatabaseGlance(DataFolder folder) => path = folder.DatabasePath;

    /// <summary>All providers, in their order.</summary>
    public IReadOnlyList<GlancedProvider> Providers() => Read(
        """
        SELECT name, base_url, enabled, coalesce(name = (SELECT value FROM settings WHERE key = 'active_provider'), 0)
        FROM providers ORDER BY position
        """,
        row => new GlancedProvider(row.Text(0), row.Text(1), row.Integer(2) != 0, row.Integer(3) != 0));

    /// <summary>The names of the keys of the router's clients that are not revoked, in the order in which they were made.</summary>
    public IReadOnlyList<string> Keys() => Read("SELECT name FROM client_keys WHERE revoked_at IS NULL ORDER BY id", row => row.Text(0));

    /// <summary>The models that were asked for of late, the most often asked for first; then aliases and defaults of providers.</summary>
    public IReadOnlyList<string> Models() =>
    [
        .. ReadRecent("model").Union(
            Read(
                "SELECT default_model FROM providers WHERE default_model IS NOT NULL UNION SELECT key FROM providers, json_each(aliases) ORDER BY 1",
                row => row.Text(0)),
            StringComparer.Ordinal),
    ];

    /// <summary>The paths that were asked for of late, the most often asked for first.</summary>
    public IReadOnlyList<string> Endpoints() => ReadRecent("endpoint");

    /// <summary>The latest requests, the newest first.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<GlancedRequest> Requests(int count) => Read(
        $"""
        SELECT q.request_id, q.received_at_us, q.model, coalesce(a.provider, q.provider), a.outcome
        FROM audit_requests q LEFT JOIN audit_responses a ON a.request = q.id ORDER BY q.id DESC LIMIT {count}
        """,
        row => new GlancedRequest(row.Text(0), MicrosecondTimes.FromUnix(row.Integer(1)), row.Text(2), row.Text(3), row.Text(4)));

    private List<string> ReadRecent(string column) => Read(
        $"""
        SELECT {column} FROM (SELECT {column} FROM audit_requests ORDER BY id DESC LIMIT {RecentRequests})
        WHERE {column} IS NOT NULL GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT 100
        """,
        row => row.Text(0));

    private List<T> Read<T>(string sql, Func<RawStatement, T> row)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var connection = Connect();
            // By hand: the library's own commands wait for locks.
            using var statement = new RawStatement(connection, sql);
            var rows = new List<T>();
            while (statement.Step())
            {
                rows.Add(row(statement));
            }

            return rows;
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private SqliteConnection Connect()
    {
        // Without a -wal file nobody writes, and SQLite would leave one behind.
        var isQuiet = !File.Exists($"{path}-wal");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = isQuiet ? DatabaseFile.AsCopyToRead(path) : path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }
}
