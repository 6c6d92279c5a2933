using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>Where one can go from an exchange. All are ids of requests, and null where there is none.</summary>
/// <param name="Previous">The one before it.</param>
/// <param name="Next">The one after it.</param>
/// <param name="Origin">The one that it repeats.</param>
/// <param name="IsOriginKept">False where retention removed that.</param>
/// <param name="Replays">Those that repeat it.</param>
public sealed record ExchangeLinks(string? Previous, string? Next, string? Origin, bool IsOriginKept, FoundReplays Replays)
{
    private const int MostReplays = 20;

    /// <summary>Finds them.</summary>
    internal static ExchangeLinks Of(AuditLogReader log, AuditRecord record)
    {
        var replays = log.FindReplays(record, MostReplays);
        return new(
            log.Read(record.Id - 1)?.RequestId, log.Read(record.Id + 1)?.RequestId, record.Replays,
            record.Replays is { } origin && log.Name(origin).Id is not null, replays with { Newest = [.. replays.Newest.Select(ShortText.Of)] });
    }
}
