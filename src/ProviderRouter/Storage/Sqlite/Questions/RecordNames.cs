using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Questions;

/// <summary>Finds exchanges by the start of their request ids, and the shortest start that names one alone.</summary>
internal sealed class RecordNames(SqliteConnection connection) : IDisposable
{
    /// <summary>No shorter start is offered: what is unique today should be so tomorrow.</summary>
    private const int ShortestOffered = 13;

    private const int MostCandidates = 5;

    private readonly RawStatement find = new(connection,
        "SELECT id, request_id FROM audit_requests WHERE request_id >= ?1 AND request_id < ?1 || char(0x10FFFF) ORDER BY request_id LIMIT ?2");

    private readonly RawStatement before = new(connection, "SELECT request_id FROM audit_requests WHERE request_id < ? ORDER BY request_id DESC LIMIT 1");
    private readonly RawStatement after = new(connection, "SELECT request_id FROM audit_requests WHERE request_id > ? ORDER BY request_id LIMIT 1");
    private readonly RawStatement last = new(connection, "SELECT max(id) FROM audit_requests");

    /// <summary>Which exchange is meant.</summary>
    public RecordName Find(string typed)
    {
        var start = typed.Trim().ToLowerInvariant();
        if (start == RecordName.Last)
        {
            last.Step();
            var newest = last.IsNull(0) ? RecordName.Unknown : new RecordName(last.Integer(0), []);
            last.Reset();
            return newest;
        }

        var found = new List<(long Id, string RequestId)>();
        if (start.Length > 0)
        {
            find.BindText(0, Encoding.UTF8.GetBytes(start));
            find.Bind(1, MostCandidates);
            while (find.Step())
            {
                found.Add((find.Integer(0), find.Text(1)));
            }

            find.Reset();
        }

        // A whole id is meant even where another one goes on after it.
        return found.Count == 1 || (found.Count > 1 && found[0].RequestId == start)
            ? new RecordName(found[0].Id, []) : new RecordName(Id: null, [.. found.Select(one => one.RequestId)]);
    }

    /// <summary>The shortest start of this id that names no other one on record.</summary>
    public string Shorten(string requestId)
    {
        var length = Math.Max(Shared(requestId, Neighbour(before, requestId)), Shared(requestId, Neighbour(after, requestId))) + 1;
        // A start that ends with a hyphen looks broken.
        length = Math.Max(length, ShortestOffered);
        return length >= requestId.Length ? requestId : requestId[..(requestId[length - 1] == '-' ? length + 1 : length)];
    }

    private static string Neighbour(RawStatement statement, string requestId)
    {
        statement.BindText(0, Encoding.UTF8.GetBytes(requestId));
        var found = statement.Step() ? statement.Text(0) : "";
        statement.Reset();
        return found;
    }

    private static int Shared(string one, string other) => one.AsSpan().CommonPrefixLength(other);

    /// <inheritdoc/>
    public void Dispose()
    {
        find.Dispose();
        before.Dispose();
        after.Dispose();
        last.Dispose();
    }
}
