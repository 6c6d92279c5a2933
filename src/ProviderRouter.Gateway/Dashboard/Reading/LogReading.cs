using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
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
    private readonly SemaphoreSlim large = new(1);

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

    /// <summary>Reads something, in its turn; what takes much memory, one at a time. Who waits for that keeps nobody else waiting.</summary>
    /// <param name="isLarge">True where it takes much memory.</param>
    /// <inheritdoc cref="RunAsync{T}(Func{AuditLogReader, T}, bool, CancellationToken)"/>
    public async Task<T> RunAsync<T>(Func<AuditLogReader, T> read, Predicate<AuditLogReader> isLarge, bool isSearch, CancellationToken left)
        where T : class
    {
        if (await RunAsync(log => isLarge(log) ? null : read(log), isSearch, left) is { } small)
        {
            return small;
        }

        await large.WaitAsync(left);
        try
        {
            return await RunAsync(read, isSearch, left);
        }
        finally
        {
            large.Release();
        }
    }

    /// <summary>Finds exchanges, for so long; those that were found by then are kept.</summary>
    /// <param name="find">Finds them, until it is told to stop.</param>
    /// <param name="most">How many are enough.</param>
    /// <param name="patience">How long, from its turn on.</param>
    /// <param name="isSearch">True where texts are looked through.</param>
    /// <param name="left">Cancelled when nobody waits for it any more.</param>
    /// <returns>What was found, and whether all was looked through that had to be.</returns>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    /// <exception cref="SqliteException">The log cannot be read.</exception>
    public async Task<(List<FoundRecord> Found, bool IsOver)> FindAsync(
        Func<AuditLogReader, CancellationToken, IEnumerable<FoundRecord>> find, int most, TimeSpan patience, bool isSearch, CancellationToken left)
    {
        var found = new List<FoundRecord>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(left);
        try
        {
            await RunAsync(
                log =>
                {
                    enough.CancelAfter(patience);
                    foreach (var one in find(log, enough.Token).Take(most))
                    {
                        found.Add(one);
                    }

                    return true;
                },
                isSearch, enough.Token);
            return (found, true);
        }
        catch (OperationCanceledException) when (!left.IsCancellationRequested)
        {
            return (found, false);
        }
    }

    /// <summary>Copies something of any size out of the log, bit by bit, each in its turn: who takes it slowly keeps nobody waiting.</summary>
    /// <param name="open">Opens it; null where it is not there any more.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="left">Cancelled when nobody waits for it any more.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    /// <exception cref="IOException">It was removed meanwhile.</exception>
    /// <exception cref="SqliteException">The log cannot be read.</exception>
    public async Task CopyAsync(Func<AuditLogReader, Stream?> open, Stream to, CancellationToken left)
    {
        using var log = database.OpenLog();
        using var from = open(log) ?? throw new EndOfStreamException("It is not in the log any more.");
        var bit = new byte[64 * 1024];
        for (var count = bit.Length; count > 0;)
        {
            await readers.WaitAsync(left);
            try
            {
                count = await Task.Run(() => from.ReadAtLeast(bit, bit.Length, throwOnEndOfStream: false), left);
            }
            finally
            {
                readers.Release();
            }

            await to.WriteAsync(bit.AsMemory(0, count), left);
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
        large.Dispose();
    }
}
