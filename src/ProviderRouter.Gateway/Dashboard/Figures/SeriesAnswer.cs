using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Figures;

/// <summary>
/// The points of a chart as columns, as uPlot takes them: times in Unix seconds, requests, those not answered whole, and median and
/// 95th percentile of the duration in milliseconds, <c>null</c> where there is none. A step in which nothing came is there, too.
/// </summary>
internal static class SeriesAnswer
{
    /// <summary>The points from the window's begin to now.</summary>
    public static UiAnswer Of(AuditLogReader log, TimeWindow window, TimeProvider time)
    {
        var since = time.GetUtcNow() - window.Span;
        var groups = log.Stats(new ExchangeFilter { Since = since }, window.Step, time.LocalTimeZone).Groups
            .ToDictionary(group => Start(group.Key!, time.LocalTimeZone));
        var points = new List<(DateTimeOffset At, StatsFigures? Figures)>();
        for (var at = First(since, window.Step, time.LocalTimeZone); at <= time.GetUtcNow(); at = Next(at, window.Step, time.LocalTimeZone))
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

    private static DateTimeOffset Next(DateTimeOffset at, StatsGrouping step, TimeZoneInfo zone) => step switch
    {
        // Not all days have 24 hours.
        StatsGrouping.Day => At(TimeZoneInfo.ConvertTime(at, zone).Date.AddDays(1), zone),
        StatsGrouping.Hour => at.AddHours(1),
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
