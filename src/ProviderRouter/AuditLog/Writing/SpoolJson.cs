using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProviderRouter.AuditLog.Writing;

/// <summary>Rows as the spool keeps them: one JSON object a line, bytes in base64.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditRow))]
internal sealed partial class SpoolJson : JsonSerializerContext
{
    /// <summary>A row as a line, with its end.</summary>
    public static byte[] ToLine(AuditRow row) => [.. JsonSerializer.SerializeToUtf8Bytes(row, Default.AuditRow), (byte)'\n'];

    /// <summary>The row in a line; null where the line is not whole, as the last one after a crash.</summary>
    public static AuditRow? FromLine(ReadOnlySpan<byte> line)
    {
        try
        {
            var row = JsonSerializer.Deserialize(line, Default.AuditRow);
            return row is null ? null : row with { Body = row.Body.InPieces() };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
