using System.Globalization;
using System.Text;

namespace ProviderRouter.Gateway.Dashboard.Wording;

/// <summary>How far a place's clock is ahead of UTC, and since when: for scripts, as a browser may know the place by no name, or otherwise.</summary>
internal static class ClockChanges
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>JSON: pairs of Unix milliseconds and minutes, the earliest first, from three years ago to a year ahead.</summary>
    public static string Around(DateTimeOffset now, TimeZoneInfo zone)
    {
        var (at, end) = (now.AddYears(-3), now.AddYears(1));
        var ahead = zone.GetUtcOffset(at);
        var json = new StringBuilder("[");
        Write(json, at, ahead);
        for (; at < end; at += Week)
        {
            if (zone.GetUtcOffset(at + Week) is var next && next != ahead)
            {
                Write(json.Append(','), ChangeBetween(at, at + Week, zone), ahead = next);
            }
        }

        return json.Append(']').ToString();
    }

    private static DateTimeOffset ChangeBetween(DateTimeOffset before, DateTimeOffset after, TimeZoneInfo zone)
    {
        var ahead = zone.GetUtcOffset(before);
        while (after - before > TimeSpan.FromMilliseconds(1))
        {
            var middle = before + ((after - before) / 2);
            (before, after) = zone.GetUtcOffset(middle) == ahead ? (middle, after) : (before, middle);
        }

        return after;
    }

    private static void Write(StringBuilder json, DateTimeOffset since, TimeSpan ahead) =>
        json.Append(CultureInfo.InvariantCulture, $"[{since.ToUnixTimeMilliseconds()},{ahead.TotalMinutes:0}]");
}
