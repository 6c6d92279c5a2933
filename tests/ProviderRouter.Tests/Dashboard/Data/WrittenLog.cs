using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Tests.Dashboard.Data;

/// <summary>Writes past exchanges to a log as a server writes them. While it is open, that server runs, and what has no answer is on its way.</summary>
internal sealed class WrittenLog(TestFolder folder) : IDisposable
{
    private readonly SqliteAuditLog log = PastLog.Open(folder).OpenLogForAppending();

    /// <summary>Writes them in the order in which they came in; answers their ids in the order in which they were given.</summary>
    public IReadOnlyList<string> Write(IReadOnlyList<PastExchange> exchanges)
    {
        log.SetDurable(survivesPowerCut: false);
        var now = TimeProvider.System.GetUtcNow();
        var ids = exchanges.Select(exchange => Guid.CreateVersion7(now - exchange.Age).ToString()).ToList();
        var rows = exchanges.Zip(ids).OrderByDescending(pair => pair.First.Age).SelectMany(pair => pair.First.Rows(now, pair.Second)).ToList();
        foreach (AuditRow[] part in rows.Chunk(400))
        {
            log.Append(part);
        }

        return ids;
    }

    public void Dispose() => log.Dispose();
}
