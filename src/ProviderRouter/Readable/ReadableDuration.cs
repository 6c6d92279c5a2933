namespace ProviderRouter.Readable;

/// <summary>Durations as people say them.</summary>
public static class ReadableDuration
{
    /// <summary>Milliseconds as <c>12 ms</c>, <c>1.3 s</c>, <c>2m 05s</c> or <c>1h 02m</c>; a dash when there are none.</summary>
    public static string From(double? milliseconds) => milliseconds switch
    {
        null => "-",
        > 0 and < 0.5 => "<1 ms",
        < 999.5 => $"{milliseconds:0} ms",
        < 59_950 => $"{milliseconds / 1000:0.0} s",
        _ => Long(TimeSpan.FromSeconds(Math.Round(milliseconds.Value / 1000))),
    };

    private static string Long(TimeSpan time) => time.TotalHours < 1
        ? $"{time.Minutes}m {time.Seconds:00}s"
        : $"{(long)time.TotalHours}h {time.Minutes:00}m";
}
