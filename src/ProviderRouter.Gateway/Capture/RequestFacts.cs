using System.Text.Json;

namespace ProviderRouter.Gateway.Capture;

/// <summary>What a request's JSON body says of itself at its top level.</summary>
/// <param name="Model">The model that it asks for, or null.</param>
/// <param name="Stream">True when it asks for a stream.</param>
internal readonly record struct RequestFacts(string? Model, bool Stream)
{
    /// <summary>Reads them; nothing is found in what is no JSON object, and what stands before a defect counts.</summary>
    public static RequestFacts Read(ReadOnlySpan<byte> body)
    {
        string? model = null;
        var stream = false;
        if (body.IndexOf((byte)'{') < 0)
        {
            return default;
        }

        var json = new Utf8JsonReader(body, isFinalBlock: false, state: default);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return default;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isModel = json.ValueTextEquals("model"u8);
                var isStream = json.ValueTextEquals("stream"u8);
                if (!json.Read())
                {
                    break;
                }

                if (isModel && json.TokenType == JsonTokenType.String)
                {
                    model = json.GetString();
                }
                else if (isStream)
                {
                    stream = json.TokenType == JsonTokenType.True;
                }
                else if (!json.TrySkip())
                {
                    break;
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON after all, or a name that is no Unicode text. The provider will say so; the log keeps the body.
        }

        return new RequestFacts(model, stream);
    }
}
