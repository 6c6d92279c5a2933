using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Reading;

/// <summary>
/// Reads the log for those who look, where that may take a while: on threads of its own, and only a few at once, so that it takes
/// nothing from requests.
/// </summary>
public sealed class LogReading(SqliteDatabase database) : IDisposable
{
    private readonly SemaphoreSlim readers = new(4);
    private readonly SemaphoreSlim searches = new(2);

    /// <summary>Reads something, in its turn.</summary>
    /// <param name="read">Reads it; to be told by <paramref name="left"/> to stop.</param>
    /// <param name="isSearch">True where texts are looked through: of these, no more than two are under way.</param>
    /// <param name="left">Cancelled when nobody waits for it any more.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    /// <exception cref="SqliteException">The log cannot be read.</exception>
    public async Task<T> RunAsync<T>(Func<AuditLogReader, T> read, bool isSearch, CancellationToken left)
    {
        var places = isSearch ? searches : readers;
        await places.WaitAsync(left);
        try
        {
            return await Task.Factory.StartNew(() => Read(read), left, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            places.Release();
        }
    }

    private T Read<T>(Func<AuditLogReader, T> read)
    {
        using var log = database.OpenLog();
        return read(log);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        readers.Dispose();
        searches.Dispose();
    }
}
