using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProviderRouter.JsonEdits;
using ProviderRouter.Providers;

namespace ProviderRouter.Gateway.Forwarding.Outgoing;

/// <summary>
/// The model that a provider is asked for, where that is not what the client wrote: the provider's own name of it, or its default
/// where the client names none.
/// </summary>
/// <param name="Name">The model.</param>
/// <param name="Edit">The change to the body.</param>
internal sealed record ModelChoice(string Name, JsonEdit Edit)
{
    // Where a body without a model is incomplete. Elsewhere (files, batches) there is none to be named.
    private static readonly string[] Endpoints =
    [
        "/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/responses", "/v1/messages", "/v1/images/generations", "/v1/audio/speech",
    ];

    /// <summary>True for a provider that may change a model.</summary>
    public static bool HasAny(Provider provider) => provider.Aliases.Count > 0 || provider.DefaultModel is not null;

    /// <summary>The model for this provider; null where the body stays as it is, also where it is not clear what it says.</summary>
    public static ModelChoice? For(HttpRequest request, ReadOnlySpan<byte> body, Provider provider)
    {
        if (!JsonMember.TryFind(body, "model"u8, out var found))
        {
            return null;
        }

        var named = found is { Kind: JsonTokenType.String } text ? TextOf(body[text.Value..text.End]) : null;
        if (!string.IsNullOrEmpty(named))
        {
            return provider.Aliases.TryGetValue(named, out var alias) && alias != named
                ? new(alias, JsonEdit.Replace(found!.Value, JsonEdit.Quote(alias))) : null;
        }

        if (provider.DefaultModel is not { } model || !Array.Exists(Endpoints, path => request.Path.Equals(path, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        return found switch
        {
            null => new(model, JsonEdit.Insert(body, [.. "\"model\":"u8, .. JsonEdit.Quote(model)])),
            { Kind: JsonTokenType.Null or JsonTokenType.String } member => new(model, JsonEdit.Replace(member, JsonEdit.Quote(model))),
            _ => null,
        };
    }

    private static string? TextOf(ReadOnlySpan<byte> quoted)
    {
        try
        {
            var json = new Utf8JsonReader(quoted);
            return json.Read() ? json.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Half of a character: no alias has that. Not empty, so that it stays.
            return "\uFFFD";
        }
    }
}
