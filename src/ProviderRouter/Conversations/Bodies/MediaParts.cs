using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ProviderRouter.Conversations.Json;

namespace ProviderRouter.Conversations.Bodies;

/// <summary>Reads pictures, sounds and files; of these only pictures with their content.</summary>
internal static class MediaParts
{
    private const int MostKept = 32 * 1024 * 1024;

    /// <summary>From a URL that may hold the content itself (<c>data:image/png;base64,…</c>); null of anything but text.</summary>
    public static MediaPart? FromUrl(MediaKind kind, JsonElement? url, string? name = null)
    {
        if (url is not { ValueKind: JsonValueKind.String } text)
        {
            return null;
        }

        var raw = Inside(text);
        var comma = raw[..Math.Min(raw.Length, 512)].IndexOf((byte)',');
        if (!raw.StartsWith("data:"u8) || comma < 0)
        {
            return new MediaPart(kind, MediaType: null, Bytes: null, text.AsText(), name);
        }

        var head = Encoding.UTF8.GetString(raw["data:".Length..comma]).Replace("\\/", "/", StringComparison.Ordinal);
        var content = raw[(comma + 1)..];
        var type = head.Split(';')[0];
        var isBase64 = head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        return new MediaPart(KindOf(type, kind), type.Length > 0 ? type : null, isBase64 ? Size(content) : content.Length, Url: null, name)
        {
            Base64 = isBase64 ? Kept(KindOf(type, kind), content) : default,
        };
    }

    /// <summary>From content in base64; null of anything but text.</summary>
    public static MediaPart? FromBase64(MediaKind kind, string? mediaType, JsonElement? content, string? name = null) =>
        content is { ValueKind: JsonValueKind.String } text
            ? new MediaPart(kind, mediaType, Size(Inside(text)), Url: null, name) { Base64 = Kept(kind, Inside(text)) } : null;

    /// <summary>From content that is a data URL or base64 alone; null of anything but text.</summary>
    public static MediaPart? FromContent(MediaKind kind, string? mediaType, JsonElement? content, string? name = null) =>
        content is { ValueKind: JsonValueKind.String } text && Inside(text).StartsWith("data:"u8) ? FromUrl(kind, content, name)
            : FromBase64(kind, mediaType, content, name);

    /// <summary>From the id of a file that the provider has; null without one.</summary>
    public static MediaPart? FromId(MediaKind kind, string? id, string? name = null) =>
        id is null ? null : new MediaPart(kind, MediaType: null, Bytes: null, id, name);

    /// <summary>From Anthropic's <c>{"type":"base64","media_type":…,"data":…}</c> and its kin; null when it is none of them.</summary>
    public static MediaPart? FromSource(MediaKind kind, JsonElement? source, string? name) => source is not { } from ? null
        : from.Text("type") == "base64" ? FromBase64(kind, from.Text("media_type"), from.Field("data"), name)
        : FromUrl(kind, from.Field("url"), name) ?? FromId(kind, from.Text("file_id"), name);

    private static MediaKind KindOf(string type, MediaKind otherwise) =>
        type.StartsWith("image/", StringComparison.Ordinal) ? MediaKind.Image
        : type.StartsWith("audio/", StringComparison.Ordinal) ? MediaKind.Audio
        : type.StartsWith("video/", StringComparison.Ordinal) ? MediaKind.Video
        : otherwise;

    /// <summary>The size of what base64 stands for; an escaped slash is one letter.</summary>
    private static long Size(ReadOnlySpan<byte> base64) =>
        (long)(base64.Length - base64.Count((byte)'\\') - base64.Count((byte)'=')) * 3 / 4;

    /// <summary>A copy, as the body's JSON goes when it was read. Only pictures are shown.</summary>
    private static ReadOnlyMemory<byte> Kept(MediaKind kind, ReadOnlySpan<byte> base64) =>
        kind == MediaKind.Image && base64.Length <= MostKept ? base64.ToArray() : default(ReadOnlyMemory<byte>);

    private static ReadOnlySpan<byte> Inside(JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];
}
