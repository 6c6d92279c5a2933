using System.Globalization;
using ProviderRouter.Settings;

namespace ProviderRouter.AuditLog.Questions;

/// <summary>Moments as people write them.</summary>
public static class PointInTime
{
    private static readonly string[] LocalForms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
    ];

    // RFC 3339 wants seconds; people leave them out.
    private static readonly string[] Forms =
    [
        "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>What is one, for messages.</summary>
    public const string Allowed =
        "a time as RFC 3339 (2026-11-23T14:03:22Z), a date, an age (90s, 15m, 2h, 7d), now, today, yesterday or Unix seconds";

    /// <summary>
    /// Reads RFC 3339, a date or a local time, an age before now (<c>42m</c>), <c>now</c>, <c>today</c>, <c>yesterday</c>, or Unix
    /// seconds (from 100,000,000 on, so that a number without its unit is not taken for 1970).
    /// </summary>
    public static bool TryParse(string text, TimeProvider time, out DateTimeOffset moment)
    {
        var trimmed = text.Trim();
        var now = time.GetUtcNow();
        var today = time.GetLocalNow().Date;
        switch (trimmed.ToLowerInvariant())
        {
            case "now":
                moment = now;
                return true;
            case "today":
                moment = Local(today, time);
                return true;
            case "yesterday":
                moment = Local(today.AddDays(-1), time);
                return true;
        }

        if (TryAge(trimmed, out var age))
        {
            moment = now - age;
            return true;
        }

        if (long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            moment = seconds is >= 100_000_000 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
            return moment != default;
        }

        if (DateTime.TryParseExact(trimmed, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            moment = Local(local, time);
            return true;
        }

        return DateTimeOffset.TryParseExact(trimmed.ToUpperInvariant(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }

    private static bool TryAge(string text, out TimeSpan age)
    {
        if (text.EndsWith('s') && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= 1_000_000_000)
        {
            age = TimeSpan.FromSeconds(seconds);
            return true;
        }

        return Age.TryParse(text, out age) && age > TimeSpan.Zero;
    }

    private static DateTimeOffset Local(DateTime local, TimeProvider time)
    {
        // The calendar's first and last day begin before it, or end after it, in some places.
        var ticks = local.Ticks - time.LocalTimeZone.GetUtcOffset(local).Ticks;
        return new(Math.Clamp(ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }
}
