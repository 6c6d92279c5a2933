using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>The requests on record whose answers are not: which row each of them is.</summary>
internal sealed class OpenRequests(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement find = new(connection, "SELECT id FROM audit_requests WHERE request_id = ? ORDER BY id DESC LIMIT 1");
    private readonly Dictionary<string, long> rows = new(StringComparer.Ordinal);
    private bool areKnown = true;

    /// <summary>A request is on record.</summary>
    public void Add(string requestId, long row) => rows[requestId] = row;

    /// <summary>Its answer is about to be.</summary>
    /// <exception cref="InvalidOperationException">The request is not on record.</exception>
    public long Take(string requestId)
    {
        if (rows.Remove(requestId, out var row))
        {
            return row;
        }

        find.BindText(0, Encoding.UTF8.GetBytes(requestId));
        var found = find.Step() ? find.Integer(0) : 0;
        find.Reset();
        return found > 0 ? found : throw new InvalidOperationException($"The request {requestId} is not on record, so its answer cannot be.");
    }

    /// <summary>The first of them, <paramref name="next"/> when there is none, 0 when they are not known.</summary>
    public long FirstOr(long next) => !areKnown ? 0 : rows.Count == 0 ? next : rows.Values.Min();

    /// <summary>Forgets them; they are looked up when their answers come.</summary>
    public void Clear()
    {
        areKnown = areKnown && rows.Count == 0;
        rows.Clear();
    }

    /// <summary>Looks in the database for those of a run, after the request with this id.</summary>
    public static List<OpenRequest> Find(SqliteConnection connection, long run, long after)
    {
        using var statement = new RawStatement(connection,
            """
            SELECT request_id, provider, stream FROM audit_requests q
            WHERE id > ? AND run = ? AND NOT EXISTS (SELECT 1 FROM audit_responses a WHERE a.request = q.id) ORDER BY id
            """);
        statement.Bind(0, after);
        statement.Bind(1, run);
        var found = new List<OpenRequest>();
        while (statement.Step())
        {
            found.Add(new OpenRequest(statement.Text(0), statement.IsNull(1) ? null : statement.Text(1), statement.Integer(2) != 0));
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => find.Dispose();
}

/// <summary>A request on record without an answer.</summary>
internal sealed record OpenRequest(string RequestId, string? Provider, bool Stream);
