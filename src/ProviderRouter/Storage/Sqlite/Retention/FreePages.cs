using Microsoft.Data.Sqlite;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>The pages of the file that hold nothing any more, and its size.</summary>
internal sealed class FreePages(SqliteConnection connection)
{
    /// <summary>The more of them there are, the longer it takes to return one: SQLite searches their list for it.</summary>
    private const long Many = 16 * 1024;

    private readonly long pageSize = connection.Scalar<long>("PRAGMA page_size");

    /// <summary>How many there are.</summary>
    public long Count => connection.Scalar<long>("PRAGMA freelist_count");

    /// <summary>True when they should be returned before there are more.</summary>
    public bool AreMany => Count > Many && CanBeReturned;

    /// <summary>False in a file that an older version made, and that could not be written anew since.</summary>
    public bool CanBeReturned => ReturnablePages.Are(connection);

    /// <summary>The size of the file, in bytes, once all that was written has come to it.</summary>
    public long FileBytes => connection.Scalar<long>("PRAGMA page_count") * pageSize;

    /// <summary>How many bytes of it hold something.</summary>
    public long UsedBytes => FileBytes - (Count * pageSize);

    /// <summary>
    /// Brings all that was written to the file, and cuts it to its size. The second time to empty the file beside it, which makes
    /// others wait, if only it can be done at once.
    /// </summary>
    public void Checkpoint()
    {
        connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        connection.Execute("PRAGMA busy_timeout = 10; PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
