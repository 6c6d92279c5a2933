using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ProviderRouter.Conversations.Json;

/// <summary>Reads fields of JSON that somebody sent: what is missing or of another type is null, and nothing throws.</summary>
internal static class JsonFields
{
    /// <summary>The field of an object; null where there is none, or where it is null.</summary>
    public static JsonElement? Field(this JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        try
        {
            return json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Another field's name is no Unicode.
            return null;
        }
    }

    /// <summary>The text of a field; null where it is none.</summary>
    public static string? Text(this JsonElement json, string name) => json.Field(name)?.AsText();

    /// <summary>The elements of a field that is a list; none where it is anything else.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement json, string name) => json.Field(name)?.AsList() ?? [];

    /// <summary>The elements of a list; none of anything else.</summary>
    public static IEnumerable<JsonElement> AsList(this JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : Enumerable.Empty<JsonElement>();

    /// <summary>The fields of an object, but for those that are null; none of anything else.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Fields(this JsonElement json) =>
        json.ValueKind != JsonValueKind.Object ? []
            : json.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null).Select(field => (NameOf(field), field.Value));

    /// <summary>The text here; null of anything else.</summary>
    public static string? AsText(this JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return Unescape(json.Raw().AsSpan()[1..^1]);
        }
    }

    /// <summary>The JSON here as it is written.</summary>
    public static string Raw(this JsonElement json) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(json));

    /// <summary>A text as it is, anything else as JSON.</summary>
    public static string TextOrRaw(this JsonElement json) => json.AsText() ?? json.Raw();

    /// <summary>True of an object or a list with nothing in it, and of an empty text.</summary>
    public static bool IsEmpty(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array or JsonValueKind.Object => json.GetPropertyOrItemCount() == 0,
        JsonValueKind.String => JsonMarshal.GetRawUtf8Value(json).Length == 2,
        var kind => kind == JsonValueKind.Null,
    };

    /// <summary>How many fields an object has, or elements a list.</summary>
    public static int GetPropertyOrItemCount(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.GetArrayLength(),
        JsonValueKind.Object => json.GetPropertyCount(),
        _ => 0,
    };

    private static string NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return Unescape(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(field)));
        }
    }

    // Half of a character (\ud83d) or bytes that are no UTF-8, which .NET refuses.
    private static string Unescape(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            var isCode = raw[i] == 'u' && i + 4 < raw.Length;
            text.Append(raw[i] switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                'u' when isCode && ushort.TryParse(raw.Slice(i + 1, 4), NumberStyles.HexNumber, null, out var code) => (char)code,
                var other => other,
            });
            i += isCode ? 4 : 0;
        }

        return text.ToString();
    }
}
