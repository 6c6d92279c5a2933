using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>The requests on record whose answers are not: which row each of them is.</summary>
internal sealed class OpenRequests(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement find = new(connection, "SELECT id FROM audit_requests WHERE request_id = ? ORDER BY id DESC LIMIT 1");
    private readonly Dictionary<string, long> rows = new(StringComparer.Ordinal);

    /// <summary>False after something failed; then they are looked up when their answers come.</summary>
    public bool AreKnown { get; private set; } = true;

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

    /// <summary>The first of them, <paramref name="next"/> when there is none.</summary>
    public long FirstOr(long next) => rows.Count == 0 ? next : rows.Values.Min();

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        AreKnown = false;
        rows.Clear();
    }

    /// <summary>Knows them again.</summary>
    public void Load(List<OpenRequest> found)
    {
        rows.Clear();
        found.ForEach(request => Add(request.RequestId, request.Id));
        AreKnown = true;
    }

    /// <summary>Looks in the database for those of a run.</summary>
    public static List<OpenRequest> Find(SqliteConnection connection, long run)
    {
        using var statement = new RawStatement(connection,
            """
            SELECT id, request_id, provider, stream FROM audit_requests q
            WHERE id > (SELECT answered_through FROM runs WHERE id = ?1) AND run = ?1 AND NOT EXISTS (SELECT 1 FROM audit_responses a WHERE a.request = q.id) ORDER BY id
            """);
        statement.Bind(0, run);
        var found = new List<OpenRequest>();
        while (statement.Step())
        {
            found.Add(new OpenRequest(
                statement.Integer(0), statement.Text(1), statement.IsNull(2) ? null : statement.Text(2), statement.Integer(3) != 0));
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => find.Dispose();
}

/// <summary>A request on record without an answer.</summary>
internal sealed record OpenRequest(long Id, string RequestId, string? Provider, bool Stream);
