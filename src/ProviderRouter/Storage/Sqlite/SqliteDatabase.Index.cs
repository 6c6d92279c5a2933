using Microsoft.Data.Sqlite;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite.Index;

namespace ProviderRouter.Storage.Sqlite;

/// <content>The index of the log, a file beside it.</content>
public sealed partial class SqliteDatabase
{
    /// <summary>The full path of the index of the log, whether it is there or not.</summary>
    public string IndexPath => LogIndex.PathOf(Path);

    /// <summary>How many exchanges are not in the index of texts, and whether they are to be.</summary>
    public (long Missing, bool IsOn) MissingInIndex()
    {
        using var settings = OpenSettings();
        using var connection = Connect();
        var isOn = settings.Read().Settings.Audit.SearchIndex == AuditSearchIndex.On;
        using var index = IndexedLog.TryOpen(connection, Path);
        var span = LogSpan.Of(connection);
        try
        {
            return (TextPart.Missing(index?.Connection, span), isOn);
        }
        catch (SqliteException)
        {
            // The index is damaged.
            return (TextPart.Missing(index: null, span), isOn);
        }
    }

    private void ForgetInIndex()
    {
        try
        {
            IndexBuilder.Forget(this);
        }
        catch (SqliteException)
        {
            // It is tried again when it is built next.
        }
    }
}
