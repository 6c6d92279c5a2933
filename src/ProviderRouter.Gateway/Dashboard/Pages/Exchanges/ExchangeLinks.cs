using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>Where one can go from an exchange. All are ids of requests, and null where there is none.</summary>
/// <param name="Previous">The one before it.</param>
/// <param name="Next">The one after it.</param>
/// <param name="Origin">The one that it repeats.</param>
/// <param name="IsOriginKept">False where retention removed that.</param>
/// <param name="Replays">Those that repeat it, as far as they are near it, or new.</param>
public sealed record ExchangeLinks(string? Previous, string? Next, string? Origin, bool IsOriginKept, IReadOnlyList<AuditRecord> Replays)
{
    /// <summary>So many exchanges are looked at, after it and at the end of the log: there is no index of replays.</summary>
    private const int Near = 1000;

    private const int MostReplays = 20;

    /// <summary>Finds them.</summary>
    internal static ExchangeLinks Of(AuditLogReader log, AuditRecord record)
    {
        var last = log.LastId();
        var after = Repeating(log, record, record.Id, Math.Min(last, record.Id + Near));
        var newest = last > record.Id + Near ? Repeating(log, record, Math.Max(record.Id + Near, last - Near), last) : [];
        return new(
            log.Read(record.Id - 1)?.RequestId, log.Read(record.Id + 1)?.RequestId, record.Replays,
            record.Replays is { } origin && log.Name(origin).Id is not null, [.. after.Concat(newest).Take(MostReplays).Select(ShortText.Of)]);
    }

    private static List<AuditRecord> Repeating(AuditLogReader log, AuditRecord record, long after, long last) =>
        [.. log.Find(new ExchangeFilter { AfterId = after, BeforeId = last + 1 }, oldestFirst: true).Where(other => other.Replays == record.RequestId)];
}
