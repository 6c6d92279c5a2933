using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace ProviderRouter.AuditLog.Export;

/// <summary>A body as it is kept.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="IsText">True where the log keeps it as text.</param>
[JsonConverter(typeof(KeptBytesJson))]
public sealed record KeptBytes(ReadOnlyMemory<byte> Bytes, bool IsText)
{
    /// <summary>Stands for a body that is there and was not read.</summary>
    public static readonly KeptBytes Unread = new(ReadOnlyMemory<byte>.Empty, IsText: true);
}

/// <summary>In JSON: text as a string, anything else as <c>{"base64":"…"}</c>.</summary>
internal sealed class KeptBytesJson : JsonConverter<KeptBytes>
{
    private const string Allowed = "A body is a string, or {\"base64\":\"…\"}.";

    /// <inheritdoc/>
    public override KeptBytes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var text = new byte[reader.ValueSpan.Length];
            try
            {
                return new KeptBytes(text.AsMemory(0, reader.CopyString(text)), IsText: true);
            }
            catch (InvalidOperationException error)
            {
                throw new JsonException("A body has half a letter in it.", error);
            }
        }

        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || !reader.ValueTextEquals("base64"u8)
            || !reader.Read() || reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out var bytes)
            || !reader.Read() || reader.TokenType != JsonTokenType.EndObject)
        {
            throw new JsonException(Allowed);
        }

        return new KeptBytes(bytes, IsText: false);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, KeptBytes value, JsonSerializerOptions options)
    {
        if (value.IsText && Utf8.IsValid(value.Bytes.Span))
        {
            writer.WriteLongText(value.Bytes.Span);
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName("base64"u8);
        writer.WriteLongBase64(value.Bytes.Span);
        writer.WriteEndObject();
    }
}
