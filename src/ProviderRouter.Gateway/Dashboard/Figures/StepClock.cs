using System.Globalization;
using ProviderRouter.AuditLog.Questions.Stats;

namespace ProviderRouter.Gateway.Dashboard.Figures;

/// <summary>Minutes, hours or days by the clock of a place, where clocks are put forward and back.</summary>
internal sealed class StepClock(StatsGrouping step, TimeZoneInfo zone)
{
    /// <summary>All zones put their clocks forward or back at a multiple of this, and begin their hours so.</summary>
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>How long one is, but for days on which the clock is put forward or back.</summary>
    public TimeSpan Length { get; } = step switch
    {
        StatsGrouping.Day => TimeSpan.FromDays(1),
        StatsGrouping.Hour => TimeSpan.FromHours(1),
        _ => TimeSpan.FromMinutes(1),
    };

    /// <summary>When the one begins that this moment lies in.</summary>
    public DateTimeOffset BeginOf(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        return step == StatsGrouping.Day ? Midnight(local.Date) : Within(local.AddTicks(-(local.Ticks % Length.Ticks)));
    }

    /// <summary>When a group of figures begins: its key has the zone in it, but for days.</summary>
    public DateTimeOffset BeginOf(string key) => step == StatsGrouping.Day
        ? Midnight(DateTime.Parse(key, CultureInfo.InvariantCulture))
        : Within(DateTimeOffset.Parse(key, CultureInfo.InvariantCulture));

    /// <summary>When the next one begins.</summary>
    public DateTimeOffset After(DateTimeOffset begin)
    {
        if (step == StatsGrouping.Day)
        {
            return Midnight(TimeZoneInfo.ConvertTime(begin, zone).Date.AddDays(1));
        }

        // A clock that is put forward or back may end an hour before its time.
        var next = begin + Quarter;
        while (step == StatsGrouping.Hour && BeginOf(next) == begin)
        {
            next += Quarter;
        }

        return step == StatsGrouping.Hour ? next : begin + Length;
    }

    /// <summary>How far the clock is ahead of UTC as one begins.</summary>
    public int MinutesAhead(DateTimeOffset begin) => (int)zone.GetUtcOffset(begin).TotalMinutes;

    /// <summary>When one begins in truth that would begin then: where clocks are put forward or back in the middle of an hour, that is later.</summary>
    private DateTimeOffset Within(DateTimeOffset begin)
    {
        var at = begin.ToUniversalTime();
        while (zone.GetUtcOffset(at) != begin.Offset && at - begin < Length)
        {
            at += Quarter;
        }

        return at;
    }

    private DateTimeOffset Midnight(DateTime local)
    {
        // A clock that is put forward at midnight leaves the day's first hour out; one that is put back to it has midnight twice.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var ahead = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, ahead).ToUniversalTime();
    }
}
