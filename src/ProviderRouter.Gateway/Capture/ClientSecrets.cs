using Microsoft.AspNetCore.Http;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Gateway.Capture;

/// <summary>The keys that a client sent, so that they can be kept out of the bodies and messages that repeat them.</summary>
internal static class ClientSecrets
{
    private static readonly string[] Headers = ["authorization", "x-api-key", "api-key", "x-goog-api-key"];

    /// <summary>The values that are long enough to be keys (<see cref="Redaction.ShortestSecret"/>).</summary>
    public static List<string> Of(HttpRequest request)
    {
        var secrets = new List<string>();
        foreach (var name in Headers)
        {
            if (request.Headers.TryGetValue(name, out var values))
            {
                // "Bearer KEY": what follows the scheme.
                secrets.AddRange(values.OfType<string>().Select(value => value[(value.LastIndexOf(' ') + 1)..]));
            }
        }

        if (request.QueryString.HasValue)
        {
            secrets.AddRange(request.Query
                .Where(parameter => Redaction.IsSecret(parameter.Key)).SelectMany(parameter => parameter.Value).OfType<string>());
        }

        secrets.RemoveAll(secret => secret.Length < Redaction.ShortestSecret);
        return secrets;
    }
}
