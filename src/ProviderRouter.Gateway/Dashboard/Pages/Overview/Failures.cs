using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Overview;

/// <summary>What failed last.</summary>
internal static class Failures
{
    /// <summary>So many of the newest exchanges are looked at one by one.</summary>
    private const int Newest = 200;

    /// <summary>The newest exchange that failed: among the newest ones, else among those that were counted; null where none did.</summary>
    /// <param name="log">The log.</param>
    /// <param name="counted">Those since <paramref name="since"/>.</param>
    /// <param name="since">From when on.</param>
    public static AuditRecord? Last(AuditLogReader log, StatsFigures counted, DateTimeOffset since) =>
        log.Find(ExchangeFilter.All).Take(Newest).FirstOrDefault(record => ExchangeFilter.IsFailure(record.Outcome))
        ?? (counted.Errors > 0 ? log.Find(new ExchangeFilter { Outcome = ExchangeFilter.Failed, Since = since }).FirstOrDefault() : null);
}
