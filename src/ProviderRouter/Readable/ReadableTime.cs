namespace ProviderRouter.Readable;

/// <summary>Moments as people need them on a screen, in their own time zone, and as programs do.</summary>
public static class ReadableTime
{
    /// <summary><c>14:03:22</c> today, <c>11-22 14:03</c> this year, else the date.</summary>
    public static string From(DateTimeOffset moment, TimeProvider time)
    {
        var local = TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone);
        var today = time.GetLocalNow().Date;
        return local.Date == today ? $"{local:HH:mm:ss}"
            : local.Year == today.Year ? $"{local:MM-dd HH:mm}"
            : $"{local:yyyy-MM-dd}";
    }

    /// <summary>RFC 3339 in UTC, with milliseconds.</summary>
    public static string Utc(DateTimeOffset moment) => $"{moment.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}";
}
