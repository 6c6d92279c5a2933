namespace ProviderRouter.Settings;

/// <summary>Ages as users write them: <c>30d</c>, from 1 minute to 100 years.</summary>
/// <remarks>The case of a unit counts: <c>1M</c>, meant as a month and read as a minute, would empty a log.</remarks>
public static class Age
{
    private const long MinutesInDay = 24 * 60;
    private const long MinutesInYear = 365 * MinutesInDay;
    private const long OldestInMinutes = 100 * MinutesInYear;

    private static readonly UnitTable Units = new(
        StringComparison.Ordinal,
        new Unit("m", 1), new Unit("h", 60), new Unit("d", MinutesInDay),
        new Unit("w", 7 * MinutesInDay, IsWritten: false), new Unit("y", MinutesInYear, IsWritten: false));

    /// <summary>What is an age, with an example, for messages.</summary>
    public static string Allowed => $"an age from 1m to 100y (units {Units.Names}), for example 30d";

    /// <summary>
    /// Reads a whole number and a unit: m is a minute, h an hour, d a day, w 7 days, y 365 days. False for anything else, and
    /// outside the range.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan age)
    {
        var isAge = Units.TryParse(text, out var minutes) && minutes is >= 1 and <= OldestInMinutes;
        age = isAge ? TimeSpan.FromMinutes(minutes) : TimeSpan.Zero;
        return isAge;
    }

    /// <summary>The age in days, hours or minutes, the largest that needs no fraction; seconds are left out.</summary>
    public static string Format(TimeSpan age) => Units.Format((long)age.TotalMinutes);
}
