using Microsoft.AspNetCore.Http;
using ProviderRouter.Access;
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

        foreach (var (_, values) in request.Headers)
        {
            foreach (var value in values)
            {
                Add(secrets, KeyText.FindIn(value));
            }
        }

        Add(secrets, KeyText.FindIn(request.QueryString.Value));
        Add(secrets, KeyText.FindIn(request.Path.Value));
        secrets.RemoveAll(secret => secret.Length < Redaction.ShortestSecret);
        return secrets;
    }

    /// <summary>A key of the router's own is a secret wherever it stands, be it valid or not.</summary>
    private static void Add(List<string> secrets, ReadOnlySpan<char> key)
    {
        if (!key.IsEmpty)
        {
            secrets.Add(key.ToString());
        }
    }
}
