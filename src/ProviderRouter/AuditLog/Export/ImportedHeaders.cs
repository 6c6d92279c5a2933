using System.Text;
using System.Text.Json;

namespace ProviderRouter.AuditLog.Export;

/// <summary>Headers in their two halves again, so that the first is stored once for many rows.</summary>
internal static class ImportedHeaders
{
    /// <exception cref="FormatException">It is no JSON object.</exception>
    public static AuditHeaders Of(string json)
    {
        var text = Encoding.UTF8.GetBytes(json);
        var cut = 1;
        try
        {
            var reader = new Utf8JsonReader(text);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject || text[0] != '{')
            {
                throw new FormatException("headers is no JSON object.");
            }

            for (var isBefore = true; reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
            {
                isBefore = isBefore && !ChangingHeaders.Contains(reader.GetString()!);
                SkipValue(ref reader);
                cut = isBefore ? (int)reader.BytesConsumed : cut;
            }
        }
        catch (JsonException error)
        {
            throw new FormatException("headers is no JSON object.", error);
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException("headers has half a letter in it.", error);
        }

        return new AuditHeaders(text.AsMemory(0, cut), text.AsMemory(cut));
    }

    /// <summary>A header's value, or a list of them.</summary>
    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                CheckText(ref reader);
            }
        }
        else
        {
            CheckText(ref reader);
        }
    }

    private static void CheckText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new FormatException("headers has a value that is no text.");
        }

        // Throws where it is no Unicode.
        _ = reader.GetString();
    }
}
