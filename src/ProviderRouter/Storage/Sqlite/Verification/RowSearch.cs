using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>Looks for rows of the chain, in all its tables, whatever stands between. What it finds, the caller disposes of.</summary>
internal sealed class RowSearch(SqliteConnection connection, StoredPieces pieces)
{
    /// <summary>The first row of which this is true; null when there is none.</summary>
    public ChainCursor? First(Func<ChainCursor, bool> isWanted) =>
        ChainTables.All.Select(table => First(Rows(table), isWanted)).FirstOrDefault(row => row is not null);

    /// <summary>The first row of a table that says it stands at this place.</summary>
    public ChainCursor? First(ChainTables table, long at) => First(Rows(table, at), _ => true);

    /// <summary>All rows that say they stand at this place.</summary>
    public IEnumerable<ChainCursor> At(long place)
    {
        foreach (var table in ChainTables.All)
        {
            for (var number = 0; ; number++)
            {
                var skip = number;
                if (First(Rows(table, place), _ => skip-- == 0) is not { } row)
                {
                    break;
                }

                yield return row;
            }
        }
    }

    /// <summary>True when a row says that it stands at this place.</summary>
    public bool IsTaken(long place) => Any(At(place), _ => true);

    /// <summary>True when a row stands at the next place that follows this one.</summary>
    public bool IsFollowed(ChainCursor row) => Any(At(row.Place + 1), next => next.Follows(row.StoredHash));

    /// <summary>The place at which a row follows the one before, wherever it says that it stands; null when there is none.</summary>
    public long? PlaceOf(ChainCursor row)
    {
        if (row.Follows(ChainHead.Origin.Hash.Span, 1))
        {
            return 1;
        }

        using var found = First(before => row.Follows(before.StoredHash, before.Place + 1));
        return found?.Place + 1;
    }

    private ChainCursor Rows(ChainTables table, long? at = null) => new(connection, table, pieces, at);

    private static bool Any(IEnumerable<ChainCursor> rows, Func<ChainCursor, bool> isWanted)
    {
        foreach (var row in rows)
        {
            using (row)
            {
                if (isWanted(row))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ChainCursor? First(ChainCursor row, Func<ChainCursor, bool> isWanted)
    {
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
}
