namespace ProviderRouter.Settings;

/// <summary>Short times as users write them: <c>2s</c>, <c>500ms</c>.</summary>
public static class Duration
{
    private static readonly UnitTable Units = new(StringComparison.Ordinal, new Unit("ms", 1), new Unit("s", 1000));

    private static readonly long LongestInMilliseconds = (long)TimeSpan.MaxValue.TotalMilliseconds;

    /// <summary>The units' names, for messages.</summary>
    public static string UnitNames => Units.Names;

    /// <summary>
    /// Reads a whole number and a unit, ms or s; 0 needs none. False for anything else, and above
    /// <see cref="TimeSpan.MaxValue"/>.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var isDuration = Units.TryParse(text, out var milliseconds) && milliseconds <= LongestInMilliseconds;
        duration = isDuration ? TimeSpan.FromMilliseconds(milliseconds) : TimeSpan.Zero;
        return isDuration;
    }

    /// <summary>The duration in seconds where these are whole, else in milliseconds; what is less is left out.</summary>
    public static string Format(TimeSpan duration) => Units.Format((long)duration.TotalMilliseconds);
}
