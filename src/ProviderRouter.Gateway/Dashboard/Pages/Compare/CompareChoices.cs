using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Compare;

/// <summary>What there is to be compared.</summary>
/// <param name="Chosen">The one of the two that is known already; null for none.</param>
/// <param name="Same">The others of the same request: its replays; of a replay, its origin and the other replays.</param>
/// <param name="Newest">The newest of all others.</param>
public sealed record CompareChoices(CompareChoice? Chosen, IReadOnlyList<CompareChoice> Same, IReadOnlyList<CompareChoice> Newest)
{
    private const int Most = 20;

    /// <summary>So long prompts are read.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>Finds them.</summary>
    /// <param name="log">The log.</param>
    /// <param name="left">What was typed for the first one, or null.</param>
    /// <param name="right">What was typed for the second one, or null.</param>
    /// <param name="time">Whose clock they are told by.</param>
    internal static CompareChoices Of(AuditLogReader log, string? left, string? right, TimeProvider time)
    {
        var first = Find(log, left);
        var chosen = first ?? Find(log, right);
        var same = chosen is null ? [] : OfSameRequest(log, chosen);
        var newest = log.Find(ExchangeFilter.All).Where(record => record.Id != chosen?.Id && same.All(one => one.Id != record.Id)).Take(Most).ToList();
        var prompts = new PromptStarts(log, Patience);
        return new(chosen is null ? null : Choice(chosen), [.. same.Select(Choice)], [.. newest.Select(Choice)]);

        CompareChoice Choice(AuditRecord record) => new(
            ShortText.Of(record), Moment.Of(record.CreatedAt, time), prompts.Read(record),
            chosen is null ? $"/ui/compare?a={record.RequestId}"
                : first is null ? $"/ui/compare?a={record.RequestId}&b={chosen.RequestId}" : $"/ui/compare?a={chosen.RequestId}&b={record.RequestId}");
    }

    private static AuditRecord? Find(AuditLogReader log, string? typed) => typed is not null && log.Name(typed).Id is { } id ? log.Read(id) : null;

    private static List<AuditRecord> OfSameRequest(AuditLogReader log, AuditRecord one)
    {
        var origin = one.Replays is { } repeated ? Find(log, repeated) : null;
        return
        [
            .. origin is null ? [] : (AuditRecord[])[origin],
            .. log.FindReplays(origin ?? one, Most).Newest.Where(replay => replay.Id != one.Id),
        ];
    }
}
