namespace ProviderRouter.Settings;

/// <summary>Limits of time as users write them: <c>500ms</c>, <c>90s</c>, <c>10m</c>, <c>24h</c>.</summary>
public static class TimeLimit
{
    private static readonly UnitTable Units = new(
        StringComparison.Ordinal, new Unit("ms", 1), new Unit("s", 1000), new Unit("m", 60_000), new Unit("h", 3_600_000));

    private static readonly long LongestInMilliseconds = (long)TimeSpan.MaxValue.TotalMilliseconds;

    /// <summary>The units' names, for messages.</summary>
    public static string UnitNames => Units.Names;

    /// <summary>
    /// Reads a whole number and a unit, ms, s, m or h; 0 needs none. False for anything else, and above
    /// <see cref="TimeSpan.MaxValue"/>.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan limit)
    {
        var isLimit = Units.TryParse(text, out var milliseconds) && milliseconds <= LongestInMilliseconds;
        limit = isLimit ? TimeSpan.FromMilliseconds(milliseconds) : TimeSpan.Zero;
        return isLimit;
    }

    /// <summary>The limit in the largest unit that needs no fraction; what is less than a millisecond is left out.</summary>
    public static string Format(TimeSpan limit) => Units.Format((long)limit.TotalMilliseconds);
}
