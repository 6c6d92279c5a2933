using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>
/// Walks along the chain as it was at one moment. What it looks at, in this order:
/// <list type="number">
/// <item>Tables, triggers and the view are as this program made them.</item>
/// <item>The pieces that bodies are made of are what their hashes say.</item>
/// <item>What retention removed, it said; what it has not come to yet is what it was.</item>
/// <item>Each row stands in its place, and bears the hash that its content and the row before it give.</item>
/// <item>Each body is what its row says.</item>
/// <item>The head that was kept elsewhere is there.</item>
/// <item>SQLite finds the file sound.</item>
/// </list>
/// It ends with the first thing that is wrong.
/// </summary>
internal sealed class ChainVerifier(SqliteConnection connection, ChainHead? since, VerifyProgress progress)
{
    private readonly byte[][] hashes = [new byte[ChainHead.HashSize], new byte[ChainHead.HashSize]];
    private ChainHead head = ChainHead.Origin;
    private ChainHead before = ChainHead.Origin;
    private long firstPlace = 1;
    private long rows;
    private long leaving;
    private long requests;
    private long bodies;
    private long bodiesPruned;

    /// <summary>Walks.</summary>
    /// <param name="file">What looks at the file meanwhile.</param>
    /// <param name="time">The clock.</param>
    public VerifyReport Run(FileCheck file, TimeProvider time)
    {
        ChainFault? fault;
        try
        {
            // One moment: what is appended meanwhile is not looked at.
            using var transaction = connection.BeginTransaction(deferred: true);
            fault = SchemaCheck.Find(connection, time) ?? Walk() ?? file.Find(progress.Cancellation);
        }
        catch (SqliteException error) when (FileCheck.Explain(error, head.Place + 1) is { } damage)
        {
            fault = damage;
        }

        return new VerifyReport(fault, head, rows, requests, firstPlace, bodies, bodiesPruned, leaving);
    }

    private ChainFault? Walk()
    {
        progress.Begin(connection);
        var pieces = new StoredPieces(connection, progress.Advance);
        var checkpoints = new Checkpoints(connection);
        var wrong = new WrongRow(connection, pieces);
        using var requestRows = new ChainCursor(connection, ChainTables.Requests, pieces);
        using var responseRows = new ChainCursor(connection, ChainTables.Responses, pieces);
        using var eventRows = new ChainCursor(connection, ChainTables.Events, pieces);
        var cursors = new ChainCursors(requestRows, responseRows, eventRows);
        var bodyCheck = new BodyCheck(pieces);
        var answers = new AnswerCheck(checkpoints, new RowNames(connection));

        if ((WalkRemoved(cursors, checkpoints, bodyCheck, wrong) ?? CheckSince()) is { } early)
        {
            return early;
        }

        while (cursors.Lowest() is { HasEnded: false } row)
        {
            progress.Advance(1);
            if ((CheckPlace(row, cursors, wrong) ?? CheckBody(row, bodyCheck, checkpoints, wrong) ?? answers.Check(row)) is { } fault)
            {
                return fault;
            }

            rows++;
            requests += row == requestRows ? 1 : 0;
            Accept(row);
            row.Move();
            if (CheckSince() is { } differs)
            {
                return differs;
            }
        }

        return since is { } wanted && wanted.Place > head.Place
            ? new ChainFault("cut", head.Place + 1, RequestId: null,
                $"The end of the log is missing: its last row is at place {head.Place}, and it went on to place {wanted.Place} at least.")
            : pieces.Altered is { } piece
            ? new ChainFault("altered", Place: null, RequestId: null, $"Piece {piece} of the bodies was altered; no row has it.")
            : null;
    }

    /// <summary>3. The rows that retention said that it removes, and has not come to yet. They follow where the one before is still there.</summary>
    private ChainFault? WalkRemoved(ChainCursors cursors, Checkpoints checkpoints, BodyCheck bodyCheck, WrongRow wrong)
    {
        var start = checkpoints.Start;
        while (cursors.Lowest() is { HasEnded: false } row && row.Place <= start.Place)
        {
            progress.Advance(1);
            if (row.Place <= head.Place)
            {
                return wrong.Extra(head, before, row);
            }

            if (row.Place == head.Place + 1 && !row.Follows(head.Hash.Span))
            {
                return wrong.NotFollowing(head, row);
            }

            if (CheckBody(row, bodyCheck, checkpoints, wrong) is { } fault)
            {
                return fault;
            }

            leaving++;
            Accept(row);
            row.Move();
        }

        var isWhatWasRemoved = head.Place != start.Place || head.Hash.Span.SequenceEqual(start.Hash.Span);
        (head, before, firstPlace, bodies, bodiesPruned) = (start, start, start.Place + 1, 0, 0);
        return isWhatWasRemoved ? null : new ChainFault("altered", start.Place, RequestId: null,
            $"The row at place {start.Place} is not the one that retention said that it removes: it was altered and its hash made anew.");
    }

    /// <summary>4. Its place, and its hash.</summary>
    private ChainFault? CheckPlace(ChainCursor row, ChainCursors cursors, WrongRow wrong) =>
        row.Place > head.Place + 1 ? wrong.Missing(head, row, cursors.Requests)
        : row.Place <= head.Place ? wrong.Extra(head, before, row)
        : cursors.HasTwin(row) ? wrong.Twin(head)
        : row.Follows(head.Hash.Span) ? null : wrong.NotFollowing(head, row);

    /// <summary>5. Its body.</summary>
    private ChainFault? CheckBody(ChainCursor row, BodyCheck check, Checkpoints checkpoints, WrongRow wrong)
    {
        if (row.Table == ChainTables.Events)
        {
            return null;
        }

        var body = check.Of(row);
        var events = row.Table == ChainTables.Responses ? check.OfEventStream(row) : BodyState.None;
        var mayBeGone = row.Place <= checkpoints.BodiesThrough;
        bodies += body == BodyState.Right ? 1 : 0;
        bodiesPruned += (body == BodyState.Absent && mayBeGone) || body == BodyState.GoneBefore ? 1 : 0;
        return IsWrong(body) ? wrong.Body(row, body == BodyState.Absent, "body")
            : IsWrong(events) ? wrong.Body(row, events == BodyState.Absent, "event stream")
            : null;

        bool IsWrong(BodyState state) => state == BodyState.Wrong || (state == BodyState.Absent && !mayBeGone);
    }

    /// <summary>6. The head that was kept elsewhere.</summary>
    private ChainFault? CheckSince() => since switch
    {
        { } kept when kept.Place < firstPlace - 1 => new ChainFault("removed", kept.Place, RequestId: null,
            $"The head that was given, at place {kept.Place}, lies in what retention removed: the log begins at place {firstPlace}. Only a newer head can be checked."),
        { } kept when kept.Place == head.Place && !kept.Hash.Span.SequenceEqual(head.Hash.Span) => new ChainFault(
            "altered", head.Place, RequestId: null,
            $"The log up to place {head.Place} is not the one that the head was taken from: it was altered and its hashes made anew."),
        _ => null,
    };

    /// <summary>The chain goes on from this row. Two buffers take turns: what came before the last row is asked for, too.</summary>
    private void Accept(ChainCursor row)
    {
        var hash = hashes[rows + leaving & 1];
        row.StoredHash.CopyTo(hash);
        (before, head) = (head, new ChainHead(row.Place, hash));
    }
}
