namespace ProviderRouter.Gateway.Dashboard.Wording;

/// <summary>A moment on a page: for people by the clock of the server's machine, for programs in UTC.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Utc">RFC 3339.</param>
/// <param name="Exact">Date and time with its zone, which a pointer shows.</param>
public sealed record Moment(string Text, string Utc, string Exact)
{
    /// <summary>Puts it into words.</summary>
    public static Moment Of(DateTimeOffset moment, TimeProvider time)
    {
        var local = TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone);
        return new(ReadableTime.From(moment, time), ReadableTime.Utc(moment), $"{local:yyyy-MM-dd HH:mm:ss.fff zzz}");
    }

    /// <summary>How long ago it was: <c>14 min ago</c>.</summary>
    public static Moment Ago(DateTimeOffset moment, TimeProvider time) => Of(moment, time) with
    {
        Text = (time.GetUtcNow() - moment) switch
        {
            { TotalMinutes: < 1 } => "just now",
            { TotalHours: < 1 } past => $"{(int)past.TotalMinutes} min ago",
            { TotalDays: < 2 } past => $"{(int)past.TotalHours} h ago",
            var past => $"{(int)past.TotalDays} days ago",
        },
    };
}
