namespace ProviderRouter.Gateway.Dashboard.Figures;

/// <summary>A chart that a script draws.</summary>
/// <param name="Series">The address of its points.</param>
/// <param name="Kind">What of them it shows, as the script calls it.</param>
/// <param name="Title">What stands above it.</param>
/// <param name="Words">What it is, for those who do not see it.</param>
/// <param name="Zone">By whose clock its axis is: the name of the server's time zone.</param>
public sealed record Chart(string Series, string Kind, string Title, string Words, string Zone)
{
    /// <summary>Requests and durations, of the same points.</summary>
    /// <param name="series">The address of the points.</param>
    /// <param name="table">Where they stand as a table, in words.</param>
    /// <param name="time">By whose clock the axis is.</param>
    internal static IReadOnlyList<Chart> Both(string series, string table, TimeProvider time) =>
    [
        new(series, "requests", "Requests", $"Requests over time; {table}", time.LocalTimeZone.Id),
        new(series, "durations", "Duration", $"Median and 95th percentile of the duration over time; {table}", time.LocalTimeZone.Id),
    ];
}
