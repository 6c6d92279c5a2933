using System.Globalization;

namespace ProviderRouter.Readable;

/// <summary>Counts as people read them at a glance.</summary>
public static class ReadableCount
{
    /// <summary><c>812</c>, <c>12.3k</c>, <c>4.56M</c>; nothing when there is none.</summary>
    public static string From(long? count) => count switch
    {
        null => "",
        < 10_000 => $"{count}",
        < 999_950 => $"{count / 1000.0:0.0}k",
        < 999_995_000 => $"{count / 1_000_000.0:0.00}M",
        _ => $"{count / 1_000_000_000.0:0.00}G",
    };

    /// <summary>How many a second: <c>43.5</c>, and from 100 on <c>3694</c>.</summary>
    public static string PerSecond(double speed) => speed < 99.95
        ? speed.ToString("0.0", CultureInfo.InvariantCulture) : speed.ToString("0", CultureInfo.InvariantCulture);
}
