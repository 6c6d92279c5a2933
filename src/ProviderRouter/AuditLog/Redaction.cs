using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ProviderRouter.AuditLog;

/// <summary>Takes out what is secret. Nothing enters the log's queue before it has been through here.</summary>
public static class Redaction
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mark = "[redacted]";

    /// <summary>
    /// A client's key shorter than this is not looked for in bodies: people without a key type <c>none</c> or
    /// <c>lm-studio</c>, and such a word in a conversation is no secret.
    /// </summary>
    public const int ShortestSecret = 16;

    // Of each thread, to be used again.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? json;

    /// <summary>True when a header or query parameter of this name may hold a secret.</summary>
    public static bool IsSecret(string name) => SecretName.Is(name);

    /// <summary>Headers as a JSON object in UTF-8: a value is text, or an array where the header came more than once.</summary>
    public static AuditHeaders Headers(IReadOnlyList<KeyValuePair<string, IReadOnlyList<string?>>> headers, IReadOnlyList<string> secrets)
    {
        var shared = Write(headers, own: false)[..^1];
        var own = Write(headers, own: true)[1..];
        var comma = shared.Length > 1 && own.Length > 1;
        return new AuditHeaders(Scrub(shared, secrets), Scrub(comma ? (byte[])[(byte)',', .. own.Span] : own, secrets));
    }

    private static ReadOnlyMemory<byte> Write(IReadOnlyList<KeyValuePair<string, IReadOnlyList<string?>>> headers, bool own)
    {
        buffer ??= new ArrayBufferWriter<byte>(1024);
        json ??= new Utf8JsonWriter(buffer);
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartObject();
        foreach (var (name, values) in headers)
        {
            var known = HeaderName.Of(name);
            if (known.Changes == own)
            {
                Write(json, known, values);
            }
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, HeaderName name, IReadOnlyList<string?> values)
    {
        json.WritePropertyName(name.Json);
        if (values.Count != 1)
        {
            json.WriteStartArray();
        }

        for (var i = 0; i < values.Count; i++)
        {
            json.WriteStringValue(name.IsSecret ? Mark : values[i]);
        }

        if (values.Count != 1)
        {
            json.WriteEndArray();
        }
    }

    /// <summary>A query without its question mark, the values of secret parameters redacted; null for an empty one.</summary>
    public static string? Query(string query, IReadOnlyList<string> secrets)
    {
        var text = query.StartsWith('?') ? query[1..] : query;
        if (text.Length == 0)
        {
            return null;
        }

        var redacted = text.Split('&').Select(pair =>
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            return equals > 0 && IsSecret(Uri.UnescapeDataString(pair[..equals])) ? pair[..(equals + 1)] + Mark : pair;
        });
        return Scrub(string.Join('&', redacted), secrets);
    }

    /// <summary>Text without any of these secrets.</summary>
    public static string Scrub(string text, IReadOnlyList<string> secrets)
    {
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>Bytes without any of these secrets. The same memory when there is none in it.</summary>
    public static ReadOnlyMemory<byte> Scrub(ReadOnlyMemory<byte> bytes, IReadOnlyList<string> secrets)
    {
        foreach (var secret in secrets)
        {
            var wanted = Encoding.UTF8.GetBytes(secret);
            if (bytes.Span.IndexOf(wanted) >= 0)
            {
                bytes = Replace(bytes.Span, wanted, "[redacted]"u8);
            }
        }

        return bytes;
    }

    private static byte[] Replace(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> mark)
    {
        var result = new ArrayBufferWriter<byte>(bytes.Length);
        for (var at = bytes.IndexOf(wanted); at >= 0; at = bytes.IndexOf(wanted))
        {
            result.Write(bytes[..at]);
            result.Write(mark);
            bytes = bytes[(at + wanted.Length)..];
        }

        result.Write(bytes);
        return result.WrittenSpan.ToArray();
    }
}
