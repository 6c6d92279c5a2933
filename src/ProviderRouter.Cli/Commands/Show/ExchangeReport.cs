using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Show;

/// <summary>One exchange as <c>show --json</c> prints it.</summary>
/// <param name="CreatedAt">In UTC.</param>
/// <param name="Attempts">The log's column, a list.</param>
/// <param name="RequestBody">JSON where it is an object or a list, else text; see <paramref name="RequestBodyEncoding"/>.</param>
/// <param name="RequestBodyEncoding"><c>base64</c> where the body is no text; null otherwise.</param>
/// <param name="ResponseBody">As <paramref name="RequestBody"/>; of a stream, what its events amount to.</param>
/// <param name="ResponseBodyEncoding">As <paramref name="RequestBodyEncoding"/>.</param>
internal sealed record ExchangeReport(
    long Id, string RequestId, DateTime CreatedAt, string? Provider, string? Model, string? ResponseModel, string Endpoint, string? Query,
    string Method, int? StatusCode, int? UpstreamStatus, string? Outcome, string? Error, bool Stream, double? DurationMs, double? FirstByteMs,
    double? FirstTokenMs, double? TokensPerSecond, long? PromptTokens, long? CompletionTokens, long? CachedTokens, long? ReasoningTokens,
    string? FinishReason, long? ToolCalls, string? Client, string? ClientKey, string? Replays, JsonElement? Attempts,
    JsonElement? RequestHeaders, string? RequestContentType, long RequestBytes, string RequestBodyState, JsonElement? RequestBody, string? RequestBodyEncoding,
    JsonElement? ResponseHeaders, string? ResponseContentType, long? ResponseBytes, string? ResponseBodyState, JsonElement? ResponseBody,
    string? ResponseBodyEncoding)
{
    private const int MaxDepth = 500;

    /// <summary>As other commands print it, with room for bodies that are nested deeply.</summary>
    public static readonly CliJson Json = new(new JsonSerializerOptions(CliJson.Readable.Options) { MaxDepth = MaxDepth + 10 });

    private static readonly JsonWriterOptions Trial = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    public static ExchangeReport Of(AuditRecord record, RecordedBodies bodies)
    {
        var (request, requestEncoding) = Body(bodies.Request);
        var (response, responseEncoding) = Body(bodies.Response);
        return new ExchangeReport(
            record.Id, record.RequestId, record.CreatedAt.UtcDateTime, record.Provider, record.Model, record.ResponseModel, record.Endpoint,
            record.Query, record.Method, record.StatusCode, record.UpstreamStatus, record.Outcome, record.Error, record.Stream, record.DurationMs,
            record.FirstByteMs, record.FirstTokenMs, record.TokensPerSecond, record.PromptTokens, record.CompletionTokens, record.CachedTokens,
            record.ReasoningTokens, record.FinishReason, record.ToolCalls, record.Client, record.ClientKey, record.Replays, Parse(record.Attempts),
            Parse(bodies.RequestHeaders), record.RequestContentType, record.RequestBytes, record.RequestBodyState, request, requestEncoding,
            Parse(bodies.ResponseHeaders), record.ResponseContentType, record.ResponseBytes, record.ResponseBodyState, response, responseEncoding);
    }

    private static JsonElement? Parse(string? json) => json is null ? null : Parse(Encoding.UTF8.GetBytes(json)) ?? Text(json);

    private static (JsonElement? Body, string? Encoding) Body(ReadOnlyMemory<byte>? body) => body is not { } bytes ? (null, null)
        : !Utf8.IsValid(bytes.Span) ? (Text(Convert.ToBase64String(bytes.Span)), "base64")
        : (Parse(bytes) ?? Text(Encoding.UTF8.GetString(bytes.Span)), null);

    /// <summary>An object or a list that can be written again; null for anything else.</summary>
    private static JsonElement? Parse(ReadOnlyMemory<byte> text)
    {
        if (text.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..])
        {
            return null;
        }

        try
        {
            var root = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth }).RootElement;
            using var trial = new Utf8JsonWriter(System.IO.Stream.Null, Trial);
            root.WriteTo(trial);
            return root;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // No JSON, or half a character in it.
            return null;
        }
    }

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, CliJson.Readable.String);
}
