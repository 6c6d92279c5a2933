using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>The exchanges that are on record: all ids from the first to the last.</summary>
/// <param name="First">One more than <paramref name="Last"/> when there are none.</param>
/// <param name="Last">0 when there never were any.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LogSpan(long First, long Last)
{
    /// <summary>Reads it.</summary>
    public static LogSpan Of(SqliteConnection log)
    {
        using var command = log.Prepare("SELECT (SELECT min(id) FROM audit_requests), (SELECT max(id) FROM audit_requests)");
        using var reader = command.ExecuteReader();
        reader.Read();
        return reader.IsDBNull(0) ? new LogSpan(1, 0) : new LogSpan(reader.GetInt64(0), reader.GetInt64(1));
    }
}
