using System.Net;
using System.Net.Sockets;
using System.Text;
using ProviderRouter.Cli.Output;
using ProviderRouter.Replay;

namespace ProviderRouter.Cli.Commands.Replay;

/// <summary>Sends requests to the router, and reads their answers to the end, however long that takes.</summary>
/// <param name="router">Where it listens.</param>
/// <param name="provider">Who is to answer.</param>
/// <param name="key">The router's key, or null.</param>
/// <param name="time">By which it is measured.</param>
internal sealed class ReplayClient(string router, string provider, string? key, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
    });

    /// <summary>Sends one. What goes wrong is in the result.</summary>
    public async Task<ReplayAnswer> SendAsync(RecordedRequest request, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var answer = new ReplayAnswer();
        try
        {
            using var message = Message(request);
            using var response = await client.SendAsync(message, cancellation);
            answer = answer with
            {
                StatusCode = (int)response.StatusCode,
                RequestId = First(response, "x-router-request-id"),
                Provider = First(response, "x-router-provider"),
            };
            await response.Content.CopyToAsync(Stream.Null, cancellation);
            return answer with { DurationMs = Elapsed() };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return answer with { DurationMs = Elapsed(), IsCancelled = true, Error = "It was interrupted." };
        }
        catch (HttpRequestException error) when (error.InnerException is SocketException)
        {
            return answer with { DurationMs = Elapsed(), IsRouterGone = true, Error = $"The router does not answer at {router} any more." };
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            return answer with { DurationMs = Elapsed(), Error = $"The answer broke off: {error.Message}" };
        }

        double Elapsed() => Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 3);
    }

    private HttpRequestMessage Message(RecordedRequest request)
    {
        // The path as it was, and not as it would be written today.
        var url = new Uri(router + request.Address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(request.Origin.Method), url)
        {
            Content = request.Body is { } body ? new ReadOnlyMemoryContent(body) : null,
        };
        message.Headers.TryAddWithoutValidation("x-router-provider", provider);
        message.Headers.TryAddWithoutValidation("x-router-replays", request.Origin.RequestId);
        if (key is not null)
        {
            message.Headers.TryAddWithoutValidation("authorization", $"Bearer {key}");
        }

        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private static string? First(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}

/// <summary>What the client saw of an answer.</summary>
internal sealed record ReplayAnswer
{
    /// <summary>Null when none came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Its id in the log.</summary>
    public string? RequestId { get; init; }

    /// <summary>Who answered.</summary>
    public string? Provider { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public double DurationMs { get; init; }

    /// <summary>What went wrong; null when the answer came whole.</summary>
    public string? Error { get; init; }

    /// <summary>True when it was cut off from here.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>True when nobody listens where the router did.</summary>
    public bool IsRouterGone { get; init; }

    /// <summary>True when the router itself did not let it in.</summary>
    public bool IsRefused => StatusCode is 401 or 403 && Provider is null;
}
