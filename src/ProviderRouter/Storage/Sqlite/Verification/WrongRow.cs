using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>
/// Names the row that is wrong where the chain does not go on as it should. It takes its time: it may read the whole log again.
/// </summary>
internal sealed class WrongRow(SqliteConnection connection, StoredPieces pieces)
{
    private readonly RowSearch search = new(connection, pieces);
    private readonly RowNames names = new(connection);

    /// <summary>The row that stands at the next place does not follow.</summary>
    public ChainFault NotFollowing(ChainHead head, ChainCursor row) => Displaced(head) ?? Fault(
        "altered", row, $"{names.Of(row)} was altered, or the row before it was and that one's hash was made anew.");

    /// <summary>A row's body, or its event stream, is not there or not what it was.</summary>
    public ChainFault Body(ChainCursor row, bool isGone, string what) => Fault(
        isGone ? "removed" : "altered", row, $"the {what} of {names.Of(row)} was {(isGone ? "removed" : "altered")}.");

    /// <summary>No row stands at the next place.</summary>
    /// <param name="head">The last row that is right.</param>
    /// <param name="next">The row that comes next.</param>
    /// <param name="requests">The requests, where the walk stands in them.</param>
    public ChainFault Missing(ChainHead head, ChainCursor next, ChainCursor requests)
    {
        var expected = head.Place + 1;
        if (Displaced(head) is { } displaced)
        {
            return displaced;
        }

        // Requests are read in the order of their ids: the one that is wanted may be there, out of order.
        using var sought = search.First(ChainTables.Requests, at: expected);
        if (sought is not null)
        {
            return !sought.Follows(head.Hash.Span)
                ? Fault("altered", sought, $"{names.Of(sought)} was altered: it does not stand in order.")
                : Fault(search.PlaceOf(requests) == requests.Place ? "inserted" : "altered", requests,
                    $"{names.Of(requests)} was altered, or inserted: it does not stand in order.");
        }

        var last = next.Place - 1;
        return new ChainFault("removed", expected, RequestId: null, last == expected
            ? $"The row at place {expected} was removed."
            : $"The rows from place {expected} to {last} were removed.");
    }

    /// <summary>A row stands at a place that is taken, or before the first.</summary>
    /// <param name="head">The last row that is right.</param>
    /// <param name="before">The one before that.</param>
    /// <param name="row">The row.</param>
    public ChainFault Extra(ChainHead head, ChainHead before, ChainCursor row)
    {
        if (row.Place == head.Place && row.Place == before.Place + 1)
        {
            return Twin(before);
        }

        return search.PlaceOf(row) is { } place && !search.IsTaken(place)
            ? Moved(row, place)
            : Fault("inserted", row, $"{names.Of(row)} was inserted: the chain does not lead there.");
    }

    /// <summary>Several rows stand at the place after this one: the one that does not belong there.</summary>
    public ChainFault Twin(ChainHead before)
    {
        var rows = search.At(before.Place + 1).ToList();
        // The one that belongs there follows, and is followed.
        var wrong = rows.Find(row => !row.Follows(before.Hash.Span)) ?? rows.Find(row => !search.IsFollowed(row)) ?? rows[^1];
        var fault = Fault("inserted", wrong, $"{names.Of(wrong)} was inserted: another row stands there.");
        rows.ForEach(row => row.Dispose());
        return fault;
    }

    /// <summary>The row that belongs at the next place, where it says that it stands at another.</summary>
    private ChainFault? Displaced(ChainHead head)
    {
        var place = head.Place + 1;
        using var found = search.First(row => row.Place != place && row.Follows(head.Hash.Span, place));
        return found is null ? null : Moved(found, place);
    }

    private ChainFault Moved(ChainCursor row, long place) => new(
        "altered", place, names.RequestIdOf(row), Sentence($"{names.Of(row)} was altered: it stood at place {place}."));

    private ChainFault Fault(string kind, ChainCursor row, string message) =>
        new(kind, row.Place, names.RequestIdOf(row), Sentence(message));

    private static string Sentence(string message) => char.ToUpperInvariant(message[0]) + message[1..];
}
