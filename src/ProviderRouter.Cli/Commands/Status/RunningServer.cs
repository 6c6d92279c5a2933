using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Status;

/// <summary>A server that runs on this database, and how its log does.</summary>
/// <param name="Url">Where it listens, as this machine reaches it.</param>
/// <param name="Log">What it says of its log; null when it did not answer.</param>
/// <param name="Breakers">The breakers that are not closed.</param>
internal sealed record RunningServer(string Url, LogReport? Log, IReadOnlyList<BreakerReport> Breakers)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks the servers at these addresses, one after the other.</summary>
    public static IReadOnlyList<RunningServer> Ask(IReadOnlyList<string> addresses)
    {
        if (addresses.Count == 0)
        {
            // No HTTP client is made for nothing: this command is to be quick.
            return [];
        }

        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null });
        return [.. addresses.Select(Reachable).Distinct(StringComparer.Ordinal).Select(url => Ask(client, url)).OfType<RunningServer>()];
    }

    /// <summary>An address that stands for all of this machine's, as a client can use it.</summary>
    private static string Reachable(string address) => address
        .Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal).Replace("//[::]:", "//[::1]:", StringComparison.Ordinal);

    /// <summary>Null where nothing listens: it was killed, and a spool keeps its run from being closed before the next server comes.</summary>
    private static RunningServer? Ask(HttpMessageInvoker client, string url)
    {
        try
        {
            using var limit = new CancellationTokenSource(Timeout);
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{url}/health");
            using var response = client.Send(request, limit.Token);
            using var body = response.Content.ReadAsStream(limit.Token);
            var health = JsonSerializer.Deserialize(body, CliJson.Readable.HealthAnswer);
            var log = health?.Log is { } said ? said with { Since = said.Since?.ToUniversalTime() } : null;
            return new RunningServer(url, log, health?.Breakers ?? []);
        }
        catch (HttpRequestException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return null;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException or JsonException
            or UriFormatException or NotSupportedException)
        {
            return new RunningServer(url, Log: null, []);
        }
    }
}

/// <summary>What is read of the answer to <c>GET /health</c>.</summary>
internal sealed record HealthAnswer(LogReport? Log, IReadOnlyList<BreakerReport>? Breakers);

/// <summary>How a server's log does, as <c>status --json</c> prints it.</summary>
/// <param name="State"><c>ok</c>; <c>spooling</c> or <c>refusing</c> while it cannot be written.</param>
/// <param name="Reason">Why it cannot be written, and what to do; null when it can.</param>
/// <param name="Since">Since when, in UTC; null when it can.</param>
internal sealed record LogReport(
    string State, string? Reason, DateTime? Since, long RowsWritten, long RowsWaiting, long RowsSpooled, long BytesSpooled, long RowsLost,
    long RowsRefused)
{
    /// <summary>What should be known of it; null when all is well.</summary>
    [JsonIgnore]
    public string? Problem =>
        Reason is not null ? $"The log cannot be written ({State} since {Since:yyyy-MM-ddTHH:mm:ssZ}): {Reason} {Counts}"
        : RowsLost + RowsRefused > 0 ? $"The log has gaps since the server started. {Counts}"
        : null;

    /// <summary>What to do about it.</summary>
    [JsonIgnore]
    public string Advice =>
        Reason is null ? "Keep more while the database cannot be written: see audit.spoolMax and audit.spoolFolder in provider-cli config list"
        : State == "refusing" ? "Mend that; requests are served again as soon as it is."
        : "Mend that; what waits is written as soon as it is.";

    private string Counts =>
        $"Rows spooled: {RowsSpooled} ({BytesSpooled} bytes); waiting: {RowsWaiting}; lost: {RowsLost}; refused: {RowsRefused}.";
}
