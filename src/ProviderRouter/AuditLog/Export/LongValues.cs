using System.Text.Json;

namespace ProviderRouter.AuditLog.Export;

/// <summary>Values of any length; the writer's own methods take no more than some 100 MB at once.</summary>
internal static class LongValues
{
    /// <summary>A multiple of three: base64 goes on without a break.</summary>
    private const int Part = 3 * 256 * 1024;

    /// <summary>Writes text in UTF-8 as a string.</summary>
    public static void WriteLongText(this Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        for (; text.Length > Part; text = text[Part..])
        {
            json.WriteStringValueSegment(text[..Part], isFinalSegment: false);
        }

        json.WriteStringValueSegment(text, isFinalSegment: true);
    }

    /// <summary>Writes bytes as a string in base64.</summary>
    public static void WriteLongBase64(this Utf8JsonWriter json, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length > Part; bytes = bytes[Part..])
        {
            json.WriteBase64StringSegment(bytes[..Part], isFinalSegment: false);
        }

        json.WriteBase64StringSegment(bytes, isFinalSegment: true);
    }
}
