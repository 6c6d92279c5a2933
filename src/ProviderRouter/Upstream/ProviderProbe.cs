using System.Net;
using System.Text.Json;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;

namespace ProviderRouter.Upstream;

/// <summary>
/// Asks a provider for its models (<c>GET /models</c>) and says in words what is wrong when that fails. Source:
/// https://platform.openai.com/docs/api-reference/models/list
/// </summary>
public sealed class ProviderProbe(HttpMessageInvoker client, RouterEnvironment environment, KeyVault vault, TimeProvider time)
{
    /// <summary>An answer larger than this is no list of models.</summary>
    private const int LongestAnswer = 16 * 1024 * 1024;

    /// <summary>Probes one provider. Never throws for what a provider does.</summary>
    /// <param name="provider">Whom to ask.</param>
    /// <param name="timeout">For the whole of it.</param>
    /// <param name="cancellation">Ends it early, with an <see cref="OperationCanceledException"/>.</param>
    public async Task<ProbeResult> ProbeAsync(Provider provider, TimeSpan timeout, CancellationToken cancellation)
    {
        if (provider.AnswersInside)
        {
            return new ProbeResult(provider.Name, Healthy: true, LatencyMs: 0, [provider.DefaultModel ?? provider.Name], Error: null);
        }

        if (ProviderAddress.Compose(provider, "/models") is not { } url)
        {
            return Failed(provider, latency: null, $"has no address that can be called: '{provider.BaseUrl}'.");
        }

        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            foreach (var (name, value) in provider.Headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            if (provider.Key.Resolve(environment, vault) is { } key)
            {
                request.Headers.TryAddWithoutValidation(provider.Key.Header, provider.Key.Prefix + key);
            }

            using var response = await client.SendAsync(request, either.Token);
            await response.Content.LoadIntoBufferAsync(LongestAnswer, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return Judge(provider, url, response, body, time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (SetUpException error)
        {
            return Failed(provider, latency: null, $"cannot be asked: {error.Message}");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return Failed(provider, latency: null, $"did not answer within {timeout.TotalSeconds:0.#} s at {url}.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException || !cancellation.IsCancellationRequested)
        {
            return Failed(provider, latency: null, $"{UpstreamFailure.From(error, url).Reason}.{Advice(provider)}");
        }
    }

    private ProbeResult Judge(Provider provider, Uri url, HttpResponseMessage response, byte[] body, double latency)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return ReadModels(body) is { } models
                ? new ProbeResult(provider.Name, Healthy: true, Math.Round(latency, 1), models, Error: null)
                : Failed(provider, latency, $"answered at {url}, but not with a list of models as OpenAI's API does"
                    + $" ({response.Content.Headers.ContentType?.MediaType ?? "no content type"}). Is the base URL right?");
        }

        var reason = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when provider.Key.IsMissing(environment) =>
                $"wants a key ({status}), and {provider.Key.EnvironmentVariable} is not set here.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when provider.Key.EnvironmentVariable is { } variable =>
                $"refused the key ({status}). Check {variable}.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when provider.Key.Sealed is not null =>
                $"refused the key ({status}). Store another: provider-cli provider edit {provider.Name} --key-stdin",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"wants a key ({status}), and none is configured for it.",
            HttpStatusCode.NotFound => $"has nothing at {url} (404). Is the base URL right? Most end in /v1.",
            HttpStatusCode.TooManyRequests => "says that there were too many requests (429). Try again later.",
            _ => $"answered {status} {response.ReasonPhrase}".TrimEnd() + $" at {url}.",
        };
        return Failed(provider, latency, reason);
    }

    private static string Advice(Provider provider) =>
        Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out var url) && url.IsLoopback
            ? $" Is {provider.Name} running on this machine, at {provider.BaseUrl}?"
            : " Check its address and this machine's network.";

    private static ProbeResult Failed(Provider provider, double? latency, string reason) =>
        new(provider.Name, Healthy: false, latency is { } ms ? Math.Round(ms, 1) : null, [], $"{provider.Name} {reason}");

    private static List<string>? ReadModels(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
                ? [.. data.EnumerateArray().Select(IdOf).OfType<string>()]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? IdOf(JsonElement model) =>
        model.ValueKind == JsonValueKind.Object && model.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString() : null;
}
