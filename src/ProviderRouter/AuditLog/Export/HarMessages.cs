using System.Text;
using System.Text.Json;

namespace ProviderRouter.AuditLog.Export;

/// <summary>The request and the response of an entry.</summary>
internal static class HarMessages
{
    public static void WriteRequest(Utf8JsonWriter json, LoggedExchange exchange)
    {
        using var headers = JsonDocument.Parse(exchange.Headers);
        json.WriteStartObject("request"u8);
        json.WriteString("method"u8, exchange.Method);
        json.WriteString("url"u8, UrlOf(exchange, headers.RootElement));
        WriteHead(json, headers.RootElement);
        WriteQuery(json, exchange.Query);
        if (exchange.ContentType is not null || exchange.BodyBytes > 0)
        {
            json.WriteStartObject("postData"u8);
            json.WriteString("mimeType"u8, exchange.ContentType ?? "");
            json.WriteStartArray("params"u8);
            json.WriteEndArray();
            WriteBody(json, exchange, exchange.Body, "_encoding"u8);
            json.WriteEndObject();
        }

        WriteSizes(json, exchange.BodyBytes);
    }

    public static void WriteResponse(Utf8JsonWriter json, LoggedAnswer? answer)
    {
        using var headers = JsonDocument.Parse(answer?.Headers ?? "{}");
        json.WriteStartObject("response"u8);
        json.WriteNumber("status"u8, answer?.StatusCode ?? 0);
        json.WriteString("statusText"u8, ""u8);
        WriteHead(json, headers.RootElement);
        json.WriteStartObject("content"u8);
        json.WriteNumber("size"u8, answer?.BodyBytes ?? 0);
        json.WriteString("mimeType"u8, answer?.ContentType ?? "");
        if (answer is not null)
        {
            // What was sent is the events; the body is what they amount to.
            WriteBody(json, answer, answer.Events ?? answer.Body, "encoding"u8);
        }

        json.WriteEndObject();
        json.WriteString("redirectURL"u8, ""u8);
        WriteSizes(json, answer?.BodyBytes ?? -1);
    }

    private static void WriteHead(Utf8JsonWriter json, JsonElement headers)
    {
        json.WriteString("httpVersion"u8, "HTTP/1.1"u8);
        json.WriteStartArray("cookies"u8);
        json.WriteEndArray();
        json.WriteStartArray("headers"u8);
        foreach (var header in headers.EnumerateObject())
        {
            var values = header.Value.ValueKind == JsonValueKind.Array ? [.. header.Value.EnumerateArray()] : (JsonElement[])[header.Value];
            foreach (var value in values)
            {
                WritePair(json, header.Name, value.ToString());
            }
        }

        json.WriteEndArray();
    }

    private static void WriteQuery(Utf8JsonWriter json, string? query)
    {
        json.WriteStartArray("queryString"u8);
        foreach (var pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            WritePair(json, Unescaped(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Unescaped(pair[(equals + 1)..]));
        }

        json.WriteEndArray();
    }

    /// <summary>The body, or, where it is not kept as it was sent, a comment that says why.</summary>
    private static void WriteBody(Utf8JsonWriter json, LoggedMessage message, KeptBytes? body, ReadOnlySpan<byte> encoding)
    {
        var isDescribed = message.BodyState == "described";
        if (body is null || isDescribed)
        {
            json.WriteString("text"u8, ""u8);
            json.WriteText("comment"u8, isDescribed && body is not null ? Encoding.UTF8.GetString(body.Bytes.Span)
                : message.IsBodyPruned ? "removed by retention" : null);
            return;
        }

        json.WritePropertyName("text"u8);
        if (body.IsText)
        {
            json.WriteLongText(body.Bytes.Span);
        }
        else
        {
            json.WriteLongBase64(body.Bytes.Span);
            json.WriteString(encoding, "base64"u8);
        }

        json.WriteText("comment"u8, message.BodyState == "cut" ? "only the first part is on record" : null);
    }

    private static void WriteSizes(Utf8JsonWriter json, long body)
    {
        json.WriteNumber("headersSize"u8, -1);
        json.WriteNumber("bodySize"u8, body);
        json.WriteEndObject();
    }

    private static void WritePair(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteString("value"u8, value);
        json.WriteEndObject();
    }

    /// <summary>Writes a text where there is one.</summary>
    public static void WriteText(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>Writes a number where there is one.</summary>
    public static void WriteAmount(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long? amount)
    {
        if (amount is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static string UrlOf(LoggedExchange exchange, JsonElement headers)
    {
        var host = headers.TryGetProperty("host", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : "localhost";
        return $"http://{host}{exchange.Endpoint}" + (exchange.Query is { } query ? $"?{query}" : "");
    }

    private static string Unescaped(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
