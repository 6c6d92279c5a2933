using System.Buffers;
using System.Text.Json;

namespace ProviderRouter.Conversations.Json;

/// <summary>Closes what is still open where a JSON text breaks off.</summary>
internal static class BrokenJson
{
    private static readonly SearchValues<byte> BeforeValues = SearchValues.Create(" \t\r\n,:"u8);

    /// <summary>The text up to where it can be read, made whole.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxDepth">From where on a value is nested too deeply to be read.</param>
    /// <param name="keepsLastText">True to keep what there is of a text in which it breaks off.</param>
    public static byte[] Complete(ReadOnlySpan<byte> text, int maxDepth, bool keepsLastText)
    {
        var json = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions
        {
            MaxDepth = maxDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip,
        }));
        var ends = new Stack<byte>();
        var last = JsonTokenType.None;
        var end = 0;
        try
        {
            while (json.Read())
            {
                last = json.TokenType;
                end = (int)json.BytesConsumed;
                if (last is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    ends.Push(last == JsonTokenType.StartObject ? (byte)'}' : (byte)']');
                }
                else if (last is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    ends.Pop();
                }
            }
        }
        catch (JsonException)
        {
            // Up to here.
        }

        var isValueNext = last == JsonTokenType.PropertyName || (ends.TryPeek(out var open) && open == ']');
        var kept = keepsLastText && isValueNext ? LastText(text[end..]) : 0;
        var close = kept > 0 ? "\""u8 : last == JsonTokenType.PropertyName ? "null"u8 : default;
        return [.. text[..(end + kept)], .. close, .. ends.ToArray()];
    }

    /// <summary>How long a text that has no end is, with what stands before it; 0 when no text stands there.</summary>
    private static int LastText(ReadOnlySpan<byte> rest)
    {
        var start = rest.IndexOfAnyExcept(BeforeValues);
        if (start < 0 || rest[start] != '"')
        {
            return 0;
        }

        var end = start + 1;
        for (var i = start + 1; i < rest.Length; end = i)
        {
            // An escape is kept whole or not at all.
            i += rest[i] != '\\' ? 1 : i + 1 < rest.Length && rest[i + 1] == 'u' ? 6 : 2;
            if (i > rest.Length || rest[i - 1] < ' ')
            {
                break;
            }
        }

        return end;
    }
}
