namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>Times as the database keeps them: whole microseconds.</summary>
internal static class MicrosecondTimes
{
    extension(DateTimeOffset time)
    {
        /// <summary>Microseconds since 1970-01-01, UTC.</summary>
        public long UnixMicroseconds => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>A duration in microseconds.</summary>
    public static long InMicroseconds(this TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time that lies so many microseconds after 1970-01-01, UTC.</summary>
    public static DateTimeOffset FromUnix(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
