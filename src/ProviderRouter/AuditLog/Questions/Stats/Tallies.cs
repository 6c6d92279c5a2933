using System.Globalization;

namespace ProviderRouter.AuditLog.Questions.Stats;

/// <summary>Counts exchanges by group.</summary>
internal sealed class Tallies(StatsGrouping grouping, TimeZoneInfo zone)
{
    /// <summary>All zones' hours begin at a multiple of this, in microseconds: a quarter of an hour.</summary>
    private const long Quarter = 15 * Minute;

    private const long Minute = 60 * 1_000_000L;

    private const string Unknown = "";

    private readonly Dictionary<string, Tally> groups = new(StringComparer.Ordinal);
    private readonly long step = grouping == StatsGrouping.Minute ? Minute : Quarter;
    private readonly Dictionary<long, Tally> byStep = [];
    private readonly Tally overall = new();
    private (long Number, Tally? Tally) lastStep = (-1, null);
    private long first = long.MaxValue;
    private long last = long.MinValue;

    private string KeyFormat => grouping switch
    {
        StatsGrouping.Minute => "yyyy-MM-ddTHH:mm:00zzz",
        StatsGrouping.Hour => "yyyy-MM-ddTHH:00:00zzz",
        _ => "yyyy-MM-dd",
    };

    /// <summary>Counts one.</summary>
    /// <param name="group">Its group (<see cref="GroupOf(string)"/>).</param>
    /// <param name="receivedUs">When it came in, in Unix microseconds.</param>
    /// <param name="entry">What is counted of it.</param>
    public void Add(Tally group, long receivedUs, in TallyEntry entry)
    {
        (first, last) = (Math.Min(first, receivedUs), Math.Max(last, receivedUs));
        group.Add(receivedUs, entry);
        overall.Add(receivedUs, entry);
    }

    /// <summary>Counts one.</summary>
    public void Add(AuditRecord record)
    {
        var receivedUs = (record.CreatedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var group = grouping switch
        {
            StatsGrouping.Provider => GroupOf(record.Provider),
            StatsGrouping.Model => GroupOf(record.Model ?? record.ResponseModel),
            StatsGrouping.Endpoint => GroupOf(record.Endpoint),
            StatsGrouping.Status => GroupOf(record.StatusCode?.ToString(CultureInfo.InvariantCulture)),
            StatsGrouping.Key => GroupOf(record.ClientKey),
            _ => GroupOf(receivedUs),
        };
        Add(group, receivedUs, TallyEntry.Of(record));
    }

    /// <summary>The group of this name.</summary>
    public Tally GroupOf(string? key)
    {
        if (!groups.TryGetValue(key ?? Unknown, out var tally))
        {
            groups[key ?? Unknown] = tally = new Tally();
        }

        return tally;
    }

    /// <summary>The group of the minute, the hour or the day of this moment, in Unix microseconds.</summary>
    public Tally GroupOf(long receivedUs)
    {
        var number = receivedUs / step;
        if (number != lastStep.Number)
        {
            if (!byStep.TryGetValue(number, out var tally))
            {
                var local = TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(number * step * TimeSpan.TicksPerMicrosecond), zone);
                byStep[number] = tally = GroupOf(local.ToString(KeyFormat, CultureInfo.InvariantCulture));
            }

            lastStep = (number, tally);
        }

        return lastStep.Tally!;
    }

    /// <summary>The figures.</summary>
    public StatsReport Report()
    {
        var counted = groups.Where(pair => pair.Value.Count > 0);
        var ordered = grouping is StatsGrouping.Minute or StatsGrouping.Hour or StatsGrouping.Day
            ? counted.OrderBy(pair => DateTimeOffset.Parse(pair.Key, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
            : counted.OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key, StringComparer.Ordinal);
        return new StatsReport(
            overall.Figures(key: null),
            [.. ordered.Select(pair => pair.Value.Figures(pair.Key.Length == 0 ? null : pair.Key))],
            overall.Count == 0 ? null : Moment(first),
            overall.Count == 0 ? null : Moment(last));
    }

    private static DateTimeOffset Moment(long us) => DateTimeOffset.UnixEpoch.AddTicks(us * TimeSpan.TicksPerMicrosecond);
}
