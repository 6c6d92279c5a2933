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

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && !ChangingHeaders.Contains(reader.GetString()!))
            {
                reader.Read();
                reader.Skip();
                cut = (int)reader.BytesConsumed;
            }
        }
        catch (JsonException error)
        {
            throw new FormatException("headers is no JSON object.", error);
        }

        return new AuditHeaders(text.AsMemory(0, cut), text.AsMemory(cut));
    }
}
