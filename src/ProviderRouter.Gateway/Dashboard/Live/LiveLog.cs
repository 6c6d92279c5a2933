using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>The event <c>log</c>: why rows may be missing, as long as the log cannot be written or read; without anything when all is well.</summary>
/// <param name="Problem">What is wrong, and what that means.</param>
/// <param name="Waiting">What is not on record yet, in words.</param>
/// <param name="InHand">How many requests this server has in hand.</param>
/// <param name="Open">Some of those.</param>
internal sealed record LiveLog(string? Problem = null, string? Waiting = null, int? InHand = null, IReadOnlyList<ExchangeProgress>? Open = null)
{
    /// <summary>How many of those in hand are told one by one.</summary>
    private const int MostOpen = 20;

    /// <summary>How the log does at a moment.</summary>
    /// <param name="health">What its writer says.</param>
    /// <param name="unreadable">Why it cannot be read; null when it can.</param>
    /// <param name="exchanges">What is in hand; looked at only where something is wrong.</param>
    public static LiveLog Of(AuditLogHealth health, string? unreadable, OpenExchanges exchanges)
    {
        var problem = LogWords.Problem(health);
        if (problem is null && unreadable is null)
        {
            return new LiveLog();
        }

        var open = exchanges.Read();
        var newest = open.OrderByDescending(one => one.RequestId, StringComparer.Ordinal).Take(MostOpen).ToList();
        return new(problem ?? $"The log cannot be read, so nothing new is shown: {unreadable}", LogWords.Waiting(health), open.Count, newest);
    }
}
