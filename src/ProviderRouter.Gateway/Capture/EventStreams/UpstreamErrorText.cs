using System.Text.Json;

namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>The message in a provider's error, whatever shape it has.</summary>
internal static class UpstreamErrorText
{
    /// <summary>The longest message that the log's error column takes, in characters; the body has all of it.</summary>
    private const int Longest = 500;

    /// <summary>From the JSON of an answer's body; null when there is none.</summary>
    public static string? From(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return From(json.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>From <c>{"error": {"message": …}}</c>, <c>{"error": "…"}</c>, <c>{"message": …}</c> or <c>{"detail": …}</c>.</summary>
    public static string? From(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            var text = JsonText.Of(json);
            return text.Length <= Longest ? text : text[..Longest] + "…";
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var name in (ReadOnlySpan<string>)["error", "message", "detail"])
        {
            if (json.TryGetProperty(name, out var inner) && inner.ValueKind != JsonValueKind.Null)
            {
                return From(inner) ?? inner.GetRawText();
            }
        }

        return null;
    }
}
