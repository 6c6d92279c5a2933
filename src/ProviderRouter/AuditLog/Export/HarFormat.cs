using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProviderRouter.AuditLog.Export;

/// <summary>
/// An HTTP archive (HAR 1.2), which the developer tools of browsers open. What HAR has no name for begins with an underscore.
/// </summary>
/// <remarks>http://www.softwareishard.com/blog/har-12-spec/</remarks>
public sealed class HarFormat : IExportFormat
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public bool TakesBodies => true;

    /// <inheritdoc/>
    public void Begin(Stream output, ExportHeader header)
    {
        // The array is written by hand: the file can be gone on with after each entry.
        output.Write("{\"log\":{\"version\":\"1.2\",\"creator\":"u8);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, "provider-router"u8);
            json.WriteString("version"u8, header.Program);
            json.WriteEndObject();
        }

        output.Write(",\"entries\":["u8);
    }

    /// <inheritdoc/>
    public bool Write(Stream output, LoggedExchange exchange, long before)
    {
        output.Write(before == 0 ? "\n"u8 : ",\n"u8);
        using var json = new Utf8JsonWriter(output, Options);
        var times = HarTimes.Of(exchange.Answer);
        json.WriteStartObject();
        json.WriteString("startedDateTime"u8, DateTime.UnixEpoch.AddTicks(exchange.ReceivedAtUs * TimeSpan.TicksPerMicrosecond)
            .ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
        json.WriteNumber("time"u8, times.Wait + times.Receive);
        HarMessages.WriteRequest(json, exchange);
        HarMessages.WriteResponse(json, exchange.Answer);
        json.WriteStartObject("cache"u8);
        json.WriteEndObject();
        json.WriteStartObject("timings"u8);
        json.WriteNumber("send"u8, 0);
        json.WriteNumber("wait"u8, times.Wait);
        json.WriteNumber("receive"u8, times.Receive);
        json.WriteEndObject();
        WriteOwn(json, exchange, exchange.Answer);
        json.WriteEndObject();
        return true;
    }

    /// <inheritdoc/>
    public void End(Stream output, long written) => output.Write("\n]}}\n"u8);

    private static void WriteOwn(Utf8JsonWriter json, LoggedExchange exchange, LoggedAnswer? answer)
    {
        json.WriteString("_routerRequestId"u8, exchange.RequestId);
        json.WriteText("_routerProvider"u8, answer?.Provider ?? exchange.Provider);
        json.WriteText("_routerModel"u8, answer?.Model ?? exchange.Model);
        json.WriteText("_routerOutcome"u8, answer?.Outcome);
        json.WriteText("_routerError"u8, answer?.Error);
        json.WriteText("_routerClient"u8, exchange.Client);
        json.WriteText("_routerClientKey"u8, exchange.ClientKey);
        json.WriteText("_routerReplays"u8, exchange.Replays);
        json.WriteAmount("_routerPromptTokens"u8, answer?.PromptTokens);
        json.WriteAmount("_routerCompletionTokens"u8, answer?.CompletionTokens);
        if (answer?.Attempts is { } attempts)
        {
            json.WritePropertyName("_routerAttempts"u8);
            json.WriteRawValue(attempts);
        }
    }
}
