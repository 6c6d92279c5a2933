using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ProviderRouter.AuditLog.Questions.Stats;

namespace ProviderRouter.Gateway.Dashboard.Figures;

/// <summary>
/// The points of a chart as columns, as uPlot takes them: times in Unix seconds, requests, those that failed, and median and
/// 95th percentile of the duration in milliseconds, <c>null</c> where there is none. A step in which nothing came is there, too.
/// </summary>
internal static class SeriesAnswer
{
    /// <summary>More points than a chart has room for are not made.</summary>
    private const int MostPoints = 5000;

    // Nothing is on record beyond them, and calendars have room on both sides.
    private static readonly (DateTimeOffset First, DateTimeOffset Last) Known = (DateTimeOffset.UnixEpoch, new(9999, 12, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>The points.</summary>
    /// <param name="report">Figures by minute, hour or day.</param>
    /// <param name="step">By which of them.</param>
    /// <param name="since">Where the chart begins.</param>
    /// <param name="until">Where it ends.</param>
    /// <param name="zone">By whose clock days begin.</param>
    public static UiAnswer Of(StatsReport report, StatsGrouping step, DateTimeOffset since, DateTimeOffset until, TimeZoneInfo zone)
    {
        (since, until) = (Within(since), Within(until));
        var groups = report.Groups.ToDictionary(group => Start(group.Key!, zone));
        var points = new List<(DateTimeOffset At, StatsFigures? Figures)>();
        var first = Latest(First(since, step, zone), until - (MostPoints * StepOf(step)));
        for (var at = First(first, step, zone); at <= until; at = Next(at, step, zone))
        {
            points.Add((at, groups.GetValueOrDefault(at)));
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            WriteColumn(json, points, (writer, point) => writer.WriteNumberValue(point.At.ToUnixTimeSeconds()));
            WriteColumn(json, points, (writer, point) => writer.WriteNumberValue(point.Figures?.Count ?? 0));
            WriteColumn(json, points, (writer, point) => writer.WriteNumberValue(point.Figures?.Errors ?? 0));
            WriteColumn(json, points, (writer, point) => WriteNumber(writer, point.Figures?.Duration?.P50));
            WriteColumn(json, points, (writer, point) => WriteNumber(writer, point.Figures?.Duration?.P95));
            json.WriteEndArray();
        }

        return UiAnswer.Bytes(buffer.WrittenMemory, "application/json");
    }

    private static void WriteColumn(
        Utf8JsonWriter json, List<(DateTimeOffset At, StatsFigures? Figures)> points, Action<Utf8JsonWriter, (DateTimeOffset At, StatsFigures? Figures)> write)
    {
        json.WriteStartArray();
        foreach (var point in points)
        {
            write(json, point);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>When a group begins: its key has the zone in it, but for days.</summary>
    private static DateTimeOffset Start(string key, TimeZoneInfo zone) => key.Length > 10
        ? DateTimeOffset.Parse(key, CultureInfo.InvariantCulture).ToUniversalTime()
        : At(DateTime.Parse(key, CultureInfo.InvariantCulture), zone);

    private static DateTimeOffset First(DateTimeOffset since, StatsGrouping step, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(since, zone);
        return step switch
        {
            StatsGrouping.Day => At(local.Date, zone),
            StatsGrouping.Hour => local.AddMinutes(-local.Minute).AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute)).ToUniversalTime(),
            _ => local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute)).ToUniversalTime(),
        };
    }

    private static TimeSpan StepOf(StatsGrouping step) => step switch
    {
        StatsGrouping.Day => TimeSpan.FromDays(1),
        StatsGrouping.Hour => TimeSpan.FromHours(1),
        _ => TimeSpan.FromMinutes(1),
    };

    private static DateTimeOffset Within(DateTimeOffset moment) => moment < Known.First ? Known.First : moment > Known.Last ? Known.Last : moment;

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Next(DateTimeOffset at, StatsGrouping step, TimeZoneInfo zone) => step switch
    {
        // Not all days have 24 hours.
        StatsGrouping.Day => At(TimeZoneInfo.ConvertTime(at, zone).Date.AddDays(1), zone),
        // Not all clocks are put back by whole hours.
        StatsGrouping.Hour => First(at.AddHours(1), step, zone),
        _ => at.AddMinutes(1),
    };

    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        // A clock that is put forward at midnight leaves the day's first hour out.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
