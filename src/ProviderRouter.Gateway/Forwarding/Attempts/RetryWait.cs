namespace ProviderRouter.Gateway.Forwarding.Attempts;

/// <summary>How long to wait before a provider is asked again.</summary>
internal static class RetryWait
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// What the provider asked for, else twice as long after each failure, from 0.2 s on, of which a random half is taken off, so
    /// that requests that failed together do not come back together. Null where it is longer than the longest that is allowed.
    /// </summary>
    /// <param name="failures">Failures of this provider in this request, from 1.</param>
    /// <param name="retryAfter">What the provider asked for.</param>
    /// <param name="longest">The setting <c>fallback.maxWait</c>.</param>
    public static TimeSpan? After(int failures, TimeSpan? retryAfter, TimeSpan longest)
    {
        if (retryAfter is { } asked)
        {
            return asked <= longest ? asked : null;
        }

        var step = First * Math.Pow(2, Math.Min(failures - 1, 16));
        var capped = step < longest ? step : longest;
        return capped * (0.5 + (Random.Shared.NextDouble() / 2));
    }
}
