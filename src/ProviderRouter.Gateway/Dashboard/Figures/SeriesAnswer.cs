using System.Buffers;
using System.Text.Json;
using ProviderRouter.AuditLog.Questions.Stats;

namespace ProviderRouter.Gateway.Dashboard.Figures;

/// <summary>
/// The points of a chart as columns, as uPlot takes them: times in Unix seconds, requests, those that failed, and median and
/// 95th percentile of the duration in milliseconds, <c>null</c> where there is none, and how many minutes the server's clock is ahead of
/// UTC then. A step in which nothing came is there, too.
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
    /// <param name="zone">By whose clock they begin.</param>
    public static UiAnswer Of(StatsReport report, StatsGrouping step, DateTimeOffset since, DateTimeOffset until, TimeZoneInfo zone)
    {
        (since, until) = (Within(since), Within(until));
        var clock = new StepClock(step, zone);
        var groups = report.Groups.ToDictionary(group => clock.BeginOf(group.Key!));
        var points = new List<(DateTimeOffset At, StatsFigures? Figures)>();
        var first = Latest(clock.BeginOf(since), until - (MostPoints * clock.Length));
        for (var at = clock.BeginOf(first); at <= until; at = clock.After(at))
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
            WriteColumn(json, points, (writer, point) => writer.WriteNumberValue(clock.MinutesAhead(point.At)));
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

    private static DateTimeOffset Within(DateTimeOffset moment) => moment < Known.First ? Known.First : moment > Known.Last ? Known.Last : moment;

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
