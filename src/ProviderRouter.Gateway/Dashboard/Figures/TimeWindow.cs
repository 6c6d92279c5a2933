using ProviderRouter.AuditLog.Questions.Stats;

namespace ProviderRouter.Gateway.Dashboard.Figures;

/// <summary>How far back figures go.</summary>
/// <param name="Name">In the address.</param>
/// <param name="Label">On the page.</param>
/// <param name="Span">From then to now.</param>
/// <param name="Step">What stands together in a point of a chart.</param>
public sealed record TimeWindow(string Name, string Label, TimeSpan Span, StatsGrouping Step)
{
    /// <summary>All that can be chosen.</summary>
    public static readonly IReadOnlyList<TimeWindow> All =
    [
        new("15m", "15 min", TimeSpan.FromMinutes(15), StatsGrouping.Minute), new("24h", "24 h", TimeSpan.FromHours(24), StatsGrouping.Hour),
        new("7d", "7 d", TimeSpan.FromDays(7), StatsGrouping.Hour), new("30d", "30 d", TimeSpan.FromDays(30), StatsGrouping.Day),
    ];

    /// <summary>The one of this name; a day where there is none.</summary>
    public static TimeWindow Find(string? name) => All.FirstOrDefault(window => window.Name == name) ?? All[1];
}
