using ProviderRouter.AuditLog.Questions.Stats;

namespace ProviderRouter.Gateway.Dashboard.Figures;

/// <summary>A chart that a script draws.</summary>
/// <param name="Series">The address of its points.</param>
/// <param name="Kind">What of them it shows, as the script calls it.</param>
/// <param name="Title">What stands above it.</param>
/// <param name="Words">What it is, for those who do not see it.</param>
/// <param name="Step">What stands together in a point: minute, hour or day.</param>
public sealed record Chart(string Series, string Kind, string Title, string Words, string Step)
{
    /// <summary>Requests and durations, of the same points.</summary>
    /// <param name="series">The address of the points.</param>
    /// <param name="table">Where they stand as a table, in words.</param>
    /// <param name="step">What stands together in a point.</param>
    internal static IReadOnlyList<Chart> Both(string series, string table, StatsGrouping step) =>
    [
        new(series, "requests", "Requests", $"Requests over time; {table}", step.ToString().ToLowerInvariant()),
        new(series, "durations", "Duration", $"Median and 95th percentile of the duration over time; {table}", step.ToString().ToLowerInvariant()),
    ];
}
