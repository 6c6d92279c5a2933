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
    /// <param name="counted">How those since <paramref name="since"/> ended.</param>
    /// <param name="since">From when on.</param>
    public static AuditRecord? Last(AuditLogReader log, StatsFigures counted, DateTimeOffset since) =>
        log.Find(ExchangeFilter.All).Take(Newest).FirstOrDefault(HasFailed)
        ?? counted.Outcomes.Keys.Where(outcome => outcome is not (ExchangeFilter.Open or "ok"))
            .Select(outcome => log.Find(new ExchangeFilter { Outcome = outcome, Since = since }).FirstOrDefault())
            .OfType<AuditRecord>().MaxBy(record => record.Id);

    private static bool HasFailed(AuditRecord record) => record.Outcome is not (null or "ok");
}
