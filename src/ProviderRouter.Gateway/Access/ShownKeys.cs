using Microsoft.AspNetCore.Http;
using ProviderRouter.Access;

namespace ProviderRouter.Gateway.Access;

/// <summary>The router's own keys in the headers of a request.</summary>
internal readonly ref struct ShownKeys
{
    /// <summary>Where a key counts; elsewhere it is only kept from the provider.</summary>
    private static readonly string[] Places = ["authorization", "x-api-key", "api-key"];

    private readonly IHeaderDictionary all;

    private ShownKeys(IHeaderDictionary all, ClientKey? best, IReadOnlyList<string> headers) =>
        (this.all, Best, Headers) = (all, best, headers);

    /// <summary>The key that counts: one that is valid for this, else any; null when there is none of the router's.</summary>
    public ClientKey? Best { get; }

    /// <summary>The headers with keys of the router's own in them.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>True when there is any key, be it the router's own or not.</summary>
    public bool HasAny
    {
        get
        {
            var headers = all;
            return Array.Exists(Places, place => headers.ContainsKey(place));
        }
    }

    /// <summary>Looks for them.</summary>
    public static ShownKeys In(IHeaderDictionary headers, KeyRing ring, ClientKeyKind wanted, DateTimeOffset now)
    {
        ClientKey? best = null;
        List<string>? names = null;
        if (ring.IsEmpty)
        {
            return new(headers, best, []);
        }

        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                if (KeyText.FindIn(value) is not { IsEmpty: false } text || ring.Find(text) is not { } key)
                {
                    continue;
                }

                (names ??= []).Add(name);
                var counts = Places.Contains(name, StringComparer.OrdinalIgnoreCase);
                if (counts && (best is null || (key.Kind == wanted && key.StateAt(now) == ClientKeyState.Valid)))
                {
                    best = key;
                }
            }
        }

        return new(headers, best, names ?? []);
    }
}
