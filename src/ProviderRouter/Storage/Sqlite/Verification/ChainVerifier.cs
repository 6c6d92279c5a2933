using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>
/// Walks along the chain as it was at one moment. What it looks at, in this order:
/// <list type="number">
/// <item>Tables, triggers and the view are as this program made them.</item>
/// <item>The pieces that bodies are made of are what their hashes say.</item>
/// <item>What retention removed, it said, and where it left off the chain goes on.</item>
/// <item>Each row stands in its place, and bears the hash that its content and the row before it give.</item>
/// <item>Each body is what its row says.</item>
/// <item>The head that was kept elsewhere is there.</item>
/// </list>
/// It ends with the first thing that is wrong.
/// </summary>
internal sealed class ChainVerifier(SqliteConnection connection, ChainHead? since, Action<long, long> progress)
{
    private ChainHead head = ChainHead.Origin;
    private long bodiesPrunedThrough;
    private long firstPlace = 1;
    private long rows;
    private long requests;
    private long bodies;
    private long bodiesPruned;
    private long done;
    private long total;

    /// <summary>Walks.</summary>
    public VerifyReport Run(TimeProvider time)
    {
        // One moment: what is appended meanwhile is not looked at.
        using var transaction = connection.BeginTransaction(deferred: true);
        total = connection.Scalar<long>(
            "SELECT (SELECT count(*) FROM audit_pieces) + (SELECT count(*) FROM audit_requests) + (SELECT count(*) FROM audit_responses) "
            + "+ (SELECT count(*) FROM audit_events)");
        var fault = SchemaCheck.Find(connection, time) ?? Walk();
        progress(total, total);
        return new VerifyReport(fault, head, rows, requests, firstPlace, bodies, bodiesPruned);
    }

    private ChainFault? Walk()
    {
        var pieces = new StoredPieces(connection, Advance);
        ReadCheckpoints();
        if (since is { } kept && kept.Place < firstPlace - 1)
        {
            return new ChainFault("removed", kept.Place, RequestId: null,
                $"The head that was given, at place {kept.Place}, lies in what retention removed: the log begins at place {firstPlace}.");
        }

        if (CheckSince() is { } differs)
        {
            return differs;
        }

        var check = new BodyCheck(pieces);
        using var requestRows = new ChainCursor(connection, ChainTables.Requests, pieces);
        using var responseRows = new ChainCursor(connection, ChainTables.Responses, pieces);
        using var eventRows = new ChainCursor(connection, ChainTables.Events, pieces);
        ChainCursor[] cursors = [requestRows, responseRows, eventRows];
        var answers = new AnswerCheck();
        while (cursors.Where(cursor => cursor.Place is not null).MinBy(cursor => cursor.Place) is { } next)
        {
            Advance(1);
            if (next.Place < firstPlace)
            {
                // Retention has said that it removes this one, and has not come to it yet.
                next.Move();
                continue;
            }

            if ((CheckPlace(next) ?? CheckContent(next, check) ?? answers.Check(next)) is { } fault)
            {
                return fault;
            }

            rows++;
            requests += next == requestRows ? 1 : 0;
            head = new ChainHead(next.Place!.Value, next.StoredHash.ToArray());
            next.Move();
            if (CheckSince() is { } other)
            {
                return other;
            }
        }

        return since is { } wanted && wanted.Place > head.Place
            ? new ChainFault("cut", head.Place + 1, RequestId: null,
                $"The end of the log is missing: its last row is at place {head.Place}, and it went on to place {wanted.Place} at least.")
            : null;
    }

    /// <summary>3. What retention said that it removed.</summary>
    private void ReadCheckpoints()
    {
        using var checkpoint = new RawStatement(connection,
            """
            SELECT through, last_hash, kind FROM (
                SELECT through, json_extract(detail, '$.lastHash') AS last_hash, kind FROM audit_events
                WHERE kind IN ('records_pruned', 'bodies_pruned') AND through IS NOT NULL ORDER BY seq)
            """);
        while (checkpoint.Step())
        {
            if (checkpoint.Text(2) == AuditEvent.BodiesPruned)
            {
                bodiesPrunedThrough = Math.Max(bodiesPrunedThrough, checkpoint.Integer(0));
            }
            else if (ChainHead.TryParse($"{checkpoint.Integer(0)}:{checkpoint.Text(1)}", out var last))
            {
                head = last;
                firstPlace = last.Place + 1;
            }
        }
    }

    /// <summary>4. Its place.</summary>
    private ChainFault? CheckPlace(ChainCursor row)
    {
        var (place, expected) = (row.Place!.Value, head.Place + 1);
        return place == expected ? null
            : place < expected
            ? new ChainFault("inserted", place, RequestIdOf(row), $"{Describe(row)} was inserted: another row stands at its place.")
            : new ChainFault("removed", expected, RequestId: null, place == expected + 1
                ? $"The row at place {expected} was removed."
                : $"The rows from place {expected} to {place - 1} were removed.");
    }

    /// <summary>4. Its hash, and 5. its body.</summary>
    private ChainFault? CheckContent(ChainCursor row, BodyCheck check)
    {
        if (row.HashAfter(head.Hash.Span) is not { } hash || !row.StoredHash.SequenceEqual(hash))
        {
            return new ChainFault("altered", row.Place, RequestIdOf(row), $"{Describe(row)} was altered, or inserted.");
        }

        if (row.Table == ChainTables.Events)
        {
            return null;
        }

        return CheckBody(row, check.Of(row), "body")
            ?? (row.Table == ChainTables.Responses ? CheckBody(row, check.OfEventStream(row), "event stream") : null);
    }

    private ChainFault? CheckBody(ChainCursor row, BodyState state, string what)
    {
        bodies += state == BodyState.Right ? 1 : 0;
        if (state == BodyState.Absent && row.Place <= bodiesPrunedThrough)
        {
            bodiesPruned++;
            return null;
        }

        return state switch
        {
            BodyState.Wrong => new ChainFault("altered", row.Place, RequestIdOf(row), $"The {what} of {Describe(row, capital: false)} was altered."),
            BodyState.Absent => new ChainFault("removed", row.Place, RequestIdOf(row), $"The {what} of {Describe(row, capital: false)} was removed."),
            _ => null,
        };
    }

    /// <summary>6. The head that was kept elsewhere.</summary>
    private ChainFault? CheckSince() =>
        since is { } kept && kept.Place == head.Place && !kept.Hash.Span.SequenceEqual(head.Hash.Span)
            ? new ChainFault("altered", head.Place, RequestId: null,
                $"The log up to place {head.Place} is not the one that the head was taken from: it was altered and its hashes made anew.")
            : null;

    private string Describe(ChainCursor row, bool capital = true)
    {
        var kind = row.Table == ChainTables.Requests ? "request" : row.Table == ChainTables.Responses ? "answer" : "event";
        return $"{(capital ? "The" : "the")} {kind} at place {row.Place}" + (RequestIdOf(row) is { } id ? $" ({id})" : "");
    }

    private string? RequestIdOf(ChainCursor row)
    {
        if (row.Table == ChainTables.Requests)
        {
            return row.Row.Text(row.Column("request_id"));
        }

        if (row.Table != ChainTables.Responses)
        {
            return null;
        }

        using var find = new RawStatement(connection, "SELECT request_id FROM audit_requests WHERE id = ?");
        find.Bind(0, row.Row.Integer(row.Column("request")));
        return find.Step() ? find.Text(0) : null;
    }

    private void Advance(long more)
    {
        done += more;
        if (done % 4096 == 0)
        {
            progress(done, total);
        }
    }
}
