using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProviderRouter.Readable;

/// <summary>JSON with a line for each of its values, where that makes it easier to read.</summary>
public static class ReadableJson
{
    // A longer one is read by programs; and it would grow with its depth.
    private const int Longest = 32 * 1024;

    private const int MaxDepth = 32;

    // \ud83d
    private const int EscapeLength = 6;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text in lines where it is a short JSON object or list, else as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">A longer one stays as it is.</param>
    public static string From(string text, int longest = Longest)
    {
        if (text.Length > longest || !(text.AsSpan().TrimStart() is ['{' or '[', ..]))
        {
            return text;
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            using var lines = new MemoryStream();
            using (var json = new Utf8JsonWriter(lines, Indented))
            {
                document.RootElement.WriteTo(json);
            }

            return WithWholeLetters(Encoding.UTF8.GetString(lines.GetBuffer(), 0, (int)lines.Length));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // No JSON, or half a character in it.
            return text;
        }
    }

    /// <summary>Writes emoji and the like as they are; .NET's encoder writes the two halves of each as escapes.</summary>
    private static string WithWholeLetters(string json)
    {
        var text = new StringBuilder(json.Length);
        for (var at = 0; at < json.Length;)
        {
            if (Half(json, at) is { } high && Half(json, at + EscapeLength) is { } low && char.IsSurrogatePair(high, low))
            {
                text.Append(high).Append(low);
                at += 2 * EscapeLength;
                continue;
            }

            // What stands behind a backslash belongs to it, another backslash too.
            var length = json[at] == '\\' ? Math.Min(2, json.Length - at) : 1;
            text.Append(json, at, length);
            at += length;
        }

        return text.ToString();
    }

    private static char? Half(string json, int at) =>
        at + EscapeLength <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.HexNumber, provider: null, out var code) ? (char)code : null;
}
