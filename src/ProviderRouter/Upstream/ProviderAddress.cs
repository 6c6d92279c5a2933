using ProviderRouter.Providers;

namespace ProviderRouter.Upstream;

/// <summary>Puts a provider's base URL and what a client asked for together.</summary>
public static class ProviderAddress
{
    // What the client wrote goes on as it is: %2F stays %2F, and nothing is unescaped or escaped again.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The URL of a path below a provider's base URL, with what the provider's own query adds.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="pathAndQuery">Begins with a slash or a question mark, or is empty; as the client wrote it.</param>
    /// <returns>Null when the two do not make an http or https URL, or one of another host.</returns>
    public static Uri? Compose(Provider provider, string pathAndQuery) => Compose(
        provider.BaseUrl,
        provider.Query is null ? pathAndQuery : $"{pathAndQuery}{(pathAndQuery.Contains('?') ? '&' : '?')}{provider.Query}");

    /// <summary>The URL of a path below the base URL.</summary>
    /// <param name="baseUrl">Without a slash at its end.</param>
    /// <param name="pathAndQuery">Begins with a slash or a question mark, or is empty; as the client wrote it.</param>
    /// <returns>Null when the two do not make an http or https URL, or one of another host.</returns>
    public static Uri? Compose(string baseUrl, string pathAndQuery) =>
        // "@elsewhere", behind a base URL without a path, would be the address of a stranger.
        pathAndQuery is "" or ['/' or '?', ..]
        && Uri.TryCreate(baseUrl + pathAndQuery, in AsWritten, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) ? url : null;

    /// <summary>The host and port of a URL, for a message.</summary>
    public static string HostAndPort(Uri url) => $"{url.Host}:{url.Port}";
}
