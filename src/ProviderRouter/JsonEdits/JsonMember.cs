using System.Runtime.InteropServices;
using System.Text.Json;

namespace ProviderRouter.JsonEdits;

/// <summary>Where a member of a JSON object stands in the object's bytes.</summary>
/// <param name="Name">The quote before its name.</param>
/// <param name="Value">The first byte of its value.</param>
/// <param name="End">The place behind its value.</param>
/// <param name="Kind">What the value is; of an object or a list its start.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JsonMember(int Name, int Value, int End, JsonTokenType Kind)
{
    // Beyond the 64 levels that .NET reads by default: what others nest is not ours to refuse.
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1024 };

    /// <summary>
    /// Looks for a member of the object itself, not of those in it; its name may be written with escapes. False where the
    /// bytes are not one whole JSON object, and where the name stands there twice: readers do not agree which one counts.
    /// </summary>
    /// <param name="json">The bytes, white space around the object included.</param>
    /// <param name="name">The name in UTF-8.</param>
    /// <param name="member">Null where the object has no such member.</param>
    public static bool TryFind(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out JsonMember? member)
    {
        member = null;
        // Anything else is not tried: an exception is dear.
        if (!json.TrimStart(JsonEdit.WhiteSpace).StartsWith("{"u8))
        {
            return false;
        }

        try
        {
            return TryRead(new Utf8JsonReader(json, Deep), name, ref member);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON, or a name that is no Unicode text.
            member = null;
            return false;
        }
    }

    private static bool TryRead(Utf8JsonReader json, ReadOnlySpan<byte> name, ref JsonMember? member)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isIt, start) = (json.ValueTextEquals(name), (int)json.TokenStartIndex);
            json.Read();
            var (value, kind) = ((int)json.TokenStartIndex, json.TokenType);
            json.Skip();
            if (isIt && member is not null)
            {
                member = null;
                return false;
            }

            member = isIt ? new JsonMember(start, value, (int)json.BytesConsumed, kind) : member;
        }

        // Throws where something stands behind the object.
        return !json.Read();
    }
}
