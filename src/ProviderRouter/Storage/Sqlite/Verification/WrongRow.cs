using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>
/// Names the row that is wrong where the chain does not go on as it should. It takes its time: it may read the whole log again.
/// </summary>
internal sealed class WrongRow(SqliteConnection connection, StoredPieces pieces)
{
    private readonly RowNames names = new(connection);

    /// <summary>The row that stands at the next place does not follow.</summary>
    public ChainFault NotFollowing(ChainHead head, ChainCursor row) => Displaced(head) ?? Fault(
        "altered", row, $"{names.Of(row)} was altered, or the row before it was and that one's hash was made anew.");

    /// <summary>A row's body, or its event stream, is not there or not what it was.</summary>
    public ChainFault Body(ChainCursor row, bool isGone, string what) => Fault(
        isGone ? "removed" : "altered", row, $"the {what} of {names.Of(row)} was {(isGone ? "removed" : "altered")}.");

    /// <summary>No row stands at the next place.</summary>
    /// <param name="head">The last row that is right.</param>
    /// <param name="next">The row that comes next in the tables' order.</param>
    public ChainFault Missing(ChainHead head, ChainCursor next)
    {
        var expected = head.Place + 1;
        if (Displaced(head) is { } displaced)
        {
            return displaced;
        }

        if (First(ChainTables.Requests, at: expected, _ => true) is { } outOfOrder)
        {
            // It is there, and right where it follows; then the walk was kept from it by a row that stands before it.
            using (outOfOrder)
            {
                return !outOfOrder.Follows(head.Hash.Span)
                    ? Fault("altered", outOfOrder, $"{names.Of(outOfOrder)} was altered: it does not stand in order.")
                    : Fault("inserted", next, $"{names.Of(next)} was inserted, or altered: it does not stand in order.");
            }
        }

        var last = next.Place - 1;
        return new ChainFault("removed", expected, RequestId: null, last == expected
            ? $"The row at place {expected} was removed."
            : $"The rows from place {expected} to {last} were removed.");
    }

    /// <summary>A row stands at a place that is taken, or where the chain does not lead.</summary>
    /// <param name="head">The last row that is right.</param>
    /// <param name="before">The one before that.</param>
    /// <param name="row">The row.</param>
    public ChainFault Extra(ChainHead head, ChainHead before, ChainCursor row) =>
        Displaced(head) ?? (row.Place == head.Place ? Twin(before) : null)
        ?? Fault("inserted", row, $"{names.Of(row)} was inserted: the chain does not lead there.");

    /// <summary>Several rows stand at the place after this one: the one that does not belong there.</summary>
    public ChainFault? Twin(ChainHead before)
    {
        var place = before.Place + 1;
        var rows = ChainTables.All.SelectMany(table => At(table, place)).ToList();
        // The one that belongs there follows, and is followed.
        var wrong = rows.Find(row => !row.Follows(before.Hash.Span)) ?? rows.Find(row => !IsFollowed(row)) ?? rows.LastOrDefault();
        var fault = wrong is null ? null
            : Fault("inserted", wrong, $"{names.Of(wrong)} was inserted: another row stands there.");
        rows.ForEach(row => row.Dispose());
        return fault;
    }

    /// <summary>The row that belongs at the next place, where it says that it stands at another.</summary>
    private ChainFault? Displaced(ChainHead head)
    {
        var place = head.Place + 1;
        foreach (var table in ChainTables.All)
        {
            using var found = First(table, at: null, row => row.Place != place && row.Follows(head.Hash.Span, place));
            if (found is not null)
            {
                return new ChainFault("altered", place, names.RequestIdOf(found),
                    Sentence($"{names.Of(found)} was altered: it stood at place {place}."));
            }
        }

        return null;
    }

    private bool IsFollowed(ChainCursor row) =>
        ChainTables.All.SelectMany(table => At(table, row.Place + 1)).Any(next =>
        {
            using (next)
            {
                return next.Follows(row.StoredHash);
            }
        });

    private IEnumerable<ChainCursor> At(ChainTables table, long place)
    {
        for (var number = 0; ; number++)
        {
            var skip = number;
            if (First(table, place, _ => skip-- == 0) is not { } row)
            {
                yield break;
            }

            yield return row;
        }
    }

    /// <summary>A cursor at the first row of a table of which this is true; null when there is none.</summary>
    private ChainCursor? First(ChainTables table, long? at, Func<ChainCursor, bool> isWanted)
    {
        var row = new ChainCursor(connection, table, pieces, at);
        while (!row.HasEnded)
        {
            if (isWanted(row))
            {
                return row;
            }

            row.Move();
        }

        row.Dispose();
        return null;
    }

    private ChainFault Fault(string kind, ChainCursor row, string message) =>
        new(kind, row.Place, names.RequestIdOf(row), Sentence(message));

    private static string Sentence(string message) => char.ToUpperInvariant(message[0]) + message[1..];
}
