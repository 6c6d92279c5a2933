using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProviderRouter.AuditLog.Export;

/// <summary>
/// Chat examples as OpenAI's fine-tuning takes them, one a line: the messages of the request, then the answer; with the tools. Other
/// exchanges than chats that ended well are passed over.
/// </summary>
/// <remarks>https://platform.openai.com/docs/guides/supervised-fine-tuning</remarks>
public sealed class FineTuningFormat : IExportFormat
{
    private static readonly string[] Shared = ["tools", "parallel_tool_calls", "functions"];

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public bool TakesBodies => true;

    /// <inheritdoc/>
    public void Begin(Stream output, ExportHeader header)
    {
        // Nothing but examples may be in it.
    }

    /// <inheritdoc/>
    public bool Write(Stream output, LoggedExchange exchange, long before)
    {
        if (exchange.Answer is not { Outcome: "ok" } answer || !exchange.Endpoint.EndsWith("/chat/completions", StringComparison.Ordinal)
            || Parse(exchange) is not { } request)
        {
            return false;
        }

        using (request)
        using (var response = Parse(answer))
        {
            return response is not null && TryWrite(output, request.RootElement, response.RootElement);
        }
    }

    /// <inheritdoc/>
    public void End(Stream output, long written)
    {
        // Nothing but examples may be in it.
    }

    private static bool TryWrite(Stream output, JsonElement request, JsonElement response)
    {
        // All of it or nothing.
        var line = new ArrayBufferWriter<byte>();
        try
        {
            if (MessagesIn(request) is not { } messages || AnswerIn(response) is not { } said)
            {
                return false;
            }

            using var json = new Utf8JsonWriter(line, Options);
            Write(json, request, messages, said);
        }
        catch (InvalidOperationException)
        {
            // Half of a character is in it (\ud83d), which no example may have.
            return false;
        }

        output.Write(line.WrittenSpan);
        output.WriteByte((byte)'\n');
        return true;
    }

    private static void Write(Utf8JsonWriter json, JsonElement request, JsonElement messages, JsonElement said)
    {
        json.WriteStartObject();
        json.WriteStartArray("messages"u8);
        foreach (var message in messages.EnumerateArray())
        {
            message.WriteTo(json);
        }

        WriteAnswer(json, said);
        json.WriteEndArray();
        foreach (var name in Shared)
        {
            if (request.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>What belongs to a message; not what providers add, such as reasoning.</summary>
    private static void WriteAnswer(Utf8JsonWriter json, JsonElement said)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, "assistant"u8);
        foreach (var name in (string[])["content", "refusal", "tool_calls", "function_call"])
        {
            if (said.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null && !IsEmptyList(value))
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private static JsonDocument? Parse(LoggedMessage message)
    {
        if (message is not { Body: { IsText: true } body, BodyState: "whole" })
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(body.Bytes);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? MessagesIn(JsonElement request) =>
        request.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array && messages.GetArrayLength() > 0
            ? messages : null;

    /// <summary>The first choice's message; null where it says nothing and calls nothing.</summary>
    private static JsonElement? AnswerIn(JsonElement response) =>
        response.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
        && choices[0].ValueKind == JsonValueKind.Object && choices[0].TryGetProperty("message", out var said)
        && said.ValueKind == JsonValueKind.Object && (Says(said, "content") || Says(said, "tool_calls") || Says(said, "function_call"))
            ? said : null;

    private static bool Says(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null && !IsEmptyList(value)
        && !(value.ValueKind == JsonValueKind.String && value.ValueEquals(""u8));

    private static bool IsEmptyList(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;
}
