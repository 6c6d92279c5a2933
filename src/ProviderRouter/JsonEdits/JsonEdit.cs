using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProviderRouter.JsonEdits;

/// <summary>
/// A change to some bytes of a JSON text that leaves all others as they are: written anew, a text would lose its escapes, its
/// spaces, the form of its numbers, and with them the digest that its sender may have made.
/// </summary>
/// <param name="Start">The first byte that goes.</param>
/// <param name="End">The place behind the last byte that goes.</param>
/// <param name="Text">What comes in their place.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JsonEdit(int Start, int End, ReadOnlyMemory<byte> Text)
{
    /// <summary>What JSON takes for white space.</summary>
    public static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    /// <summary>Gives a member another value.</summary>
    public static JsonEdit Replace(JsonMember member, ReadOnlyMemory<byte> value) => new(member.Value, member.End, value);

    /// <summary>Puts a member before all others.</summary>
    /// <param name="json">One whole JSON object.</param>
    /// <param name="member">Its name in quotes, a colon, and its value.</param>
    public static JsonEdit Insert(ReadOnlySpan<byte> json, ReadOnlySpan<byte> member)
    {
        var place = json.IndexOf((byte)'{') + 1;
        var isFirstOfMany = !json[place..].TrimStart(WhiteSpace).StartsWith("}"u8);
        return new(place, place, isFirstOfMany ? (byte[])[.. member, (byte)','] : member.ToArray());
    }

    /// <summary>
    /// Takes a member out, so that what is left is as it would have been written without it: with the comma before it, or, of
    /// the first member, with the comma and the space behind it.
    /// </summary>
    public static JsonEdit Remove(ReadOnlySpan<byte> json, JsonMember member)
    {
        var before = json[..member.Name].TrimEnd(WhiteSpace);
        if (before.EndsWith(","u8))
        {
            return new(before.Length - 1, member.End, default);
        }

        var behind = json[member.End..].TrimStart(WhiteSpace);
        behind = behind.StartsWith(","u8) ? behind[1..].TrimStart(WhiteSpace) : json[member.End..];
        return new(member.Name, json.Length - behind.Length, default);
    }

    /// <summary>A text as JSON has it, in quotes.</summary>
    public static byte[] Quote(string text) =>
        [(byte)'"', .. JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"'];

    /// <summary>The same change to a text in which this one begins so many bytes later.</summary>
    public JsonEdit Behind(int bytes) => this with { Start = Start + bytes, End = End + bytes };

    /// <summary>The text with the change made.</summary>
    public byte[] ApplyTo(ReadOnlySpan<byte> json) => [.. json[..Start], .. Text.Span, .. json[End..]];
}
