using Microsoft.AspNetCore.Http;
using ProviderRouter.Access;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Access;

/// <summary>Looks at the key that a client shows, where one is asked for.</summary>
internal static class KeyCheck
{
    private const string HowToShow = "Send one as Authorization: Bearer KEY, or in x-api-key or api-key";

    /// <summary>The refusal of a key that does not open this, or of none; null when it does.</summary>
    public static OpenAIError? Refuse(ShownKeys shown, ClientKeyKind wanted, DateTimeOffset now)
    {
        var make = wanted == ClientKeyKind.Admin ? "provider-cli key create NAME --admin" : "provider-cli key create NAME";
        return shown.Best switch
        {
            null when shown.HasAny => OpenAIError.Unauthorized($"The key is none of this router's. {HowToShow}; new ones: `{make}`."),
            null => OpenAIError.Unauthorized($"This router asks for a key. {HowToShow}; new ones: `{make}`."),
            var key => key.StateAt(now) switch
            {
                ClientKeyState.Revoked => OpenAIError.Unauthorized($"The key '{key.Name}' was revoked. Make another with `{make}`."),
                ClientKeyState.Expired => OpenAIError.Unauthorized(
                    $"The key '{key.Name}' expired at {key.ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}. Revoke it, then make another with `{make}`."),
                _ when key.Kind == wanted => null,
                _ when wanted == ClientKeyKind.Admin => OpenAIError.Forbidden(
                    $"The key '{key.Name}' opens /v1 and not /admin. Make one for that with `{make}`."),
                _ => OpenAIError.Forbidden($"The key '{key.Name}' opens /admin and not /v1. Make one for that with `{make}`."),
            },
        };
    }

    /// <summary>Makes sure that there is a key where clients are asked for one: nobody could use the server else.</summary>
    /// <exception cref="SetUpException">There is none.</exception>
    public static void RefuseToStartWithout(SqliteDatabase database, GatewayOptions options, TimeProvider time)
    {
        if (!options.AsksForKeys)
        {
            return;
        }

        using var keys = database.OpenClientKeys();
        if (!new KeyRing(keys.List()).HasValid(ClientKeyKind.Client, time.GetUtcNow()))
        {
            throw new SetUpException($"{(options.RequireKey ? "With --require-key" : $"At {options.Host}, which other machines reach,")} clients must"
                + " show a key, and there is none that is valid. Make one: provider-cli key create NAME"
                + (options.RequireKey ? "" : " (or let everybody in with --allow-anonymous)"));
        }
    }

    /// <summary>The refusal of a request with one of the router's keys in its URL, which would go on to the provider.</summary>
    public static OpenAIError? RefuseInUrl(HttpRequest request, KeyRing ring) =>
        !ring.IsEmpty && (IsIn(request.QueryString.Value, ring) || IsIn(request.Path.Value, ring))
            ? OpenAIError.Unauthorized($"A key of the router's does not belong in a URL. {HowToShow}.") : null;

    private static bool IsIn(string? text, KeyRing ring) => KeyText.FindIn(text) is { IsEmpty: false } key && ring.Find(key) is not null;
}
