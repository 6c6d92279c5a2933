using System.Net;
using ProviderRouter.AuditLog;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Capture.EventStreams;

namespace ProviderRouter.Gateway.Forwarding.Attempts;

/// <summary>An answer that is not passed on, because somebody else may give a better one: 429, and all from 500 on.</summary>
internal static class DeclinedAnswer
{
    /// <summary>What is read of its body, in bytes: enough for the reason.</summary>
    private const int MostRead = 16 * 1024;

    /// <summary>How long that may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>True for an answer that another provider's may replace.</summary>
    public static bool Is(HttpStatusCode status) => status == HttpStatusCode.TooManyRequests || (int)status >= 500;

    /// <summary>How long it asks to be left alone; null when it does not (RFC 9110, 10.2.3).</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var after = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return after > TimeSpan.Zero ? after : null;
    }

    /// <summary>Reads why it failed. Its body cannot be passed on then.</summary>
    public static async Task<CallResult> ReadAsync(HttpResponseMessage response, TimeSpan? retryAfter, TimeProvider time, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        var reason = await ReasonAsync(response, time, cancellation) ?? "the provider gave no reason";
        return new(new Verdict(Outcome.UpstreamError, $"{status}: {reason}"), Answer: null, status, retryAfter);
    }

    private static async Task<string?> ReasonAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var buffer = new byte[MostRead];
        var read = 0;
        try
        {
            using var body = await response.Content.ReadAsStreamAsync(either.Token);
            read = await body.ReadAtLeastAsync(buffer, MostRead, throwOnEndOfStream: false, either.Token);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            // The status alone says enough.
        }

        return UpstreamErrorText.From(buffer.AsMemory(0, read));
    }
}
