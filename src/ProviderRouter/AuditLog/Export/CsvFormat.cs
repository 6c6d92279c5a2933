using System.Globalization;
using System.Text;

namespace ProviderRouter.AuditLog.Export;

/// <summary>
/// Comma-separated values (RFC 4180) with a header row, one row an exchange. A text that a spreadsheet would take for a formula
/// gets an apostrophe before it: names of models come from strangers.
/// </summary>
/// <param name="withBodies">True for two more columns: the request's body and the answer's.</param>
public sealed class CsvFormat(bool withBodies) : IExportFormat
{
    private static readonly string[] Columns =
    [
        "request_id", "created_at", "provider", "model", "response_model", "method", "endpoint", "query", "status_code", "upstream_status",
        "outcome", "error", "stream", "duration_ms", "first_byte_ms", "first_token_ms", "prompt_tokens", "completion_tokens", "cached_tokens",
        "reasoning_tokens", "finish_reason", "tool_calls", "client", "client_key", "replays", "attempts", "request_content_type",
        "request_bytes", "request_sha256", "request_body_state", "response_content_type", "response_bytes", "response_sha256",
        "response_body_state",
    ];

    /// <inheritdoc/>
    public bool TakesBodies => withBodies;

    /// <inheritdoc/>
    public void Begin(Stream output, ExportHeader header) =>
        WriteRow(output, withBodies ? [.. Columns, "request_body", "response_body"] : Columns);

    /// <inheritdoc/>
    public bool Write(Stream output, LoggedExchange exchange, long before)
    {
        var answer = exchange.Answer;
        string[] cells =
        [
            exchange.RequestId, Moment(exchange.ReceivedAtUs), Text(answer?.Provider ?? exchange.Provider), Text(exchange.Model),
            Text(answer?.Model), Text(exchange.Method), Text(exchange.Endpoint), Text(exchange.Query), Number(answer?.StatusCode),
            Number(answer?.UpstreamStatus), Text(answer?.Outcome), Text(answer?.Error), (answer?.Stream ?? exchange.Stream) ? "1" : "0",
            Milliseconds(answer?.DurationUs), Milliseconds(answer?.FirstByteUs), Milliseconds(answer?.FirstTokenUs),
            Number(answer?.PromptTokens), Number(answer?.CompletionTokens), Number(answer?.CachedTokens), Number(answer?.ReasoningTokens),
            Text(answer?.FinishReason), Number(answer?.ToolCalls), Text(exchange.Client), Text(exchange.ClientKey), Text(exchange.Replays),
            Text(answer?.Attempts), Text(exchange.ContentType), Number(answer?.LateRequestBytes ?? exchange.BodyBytes),
            answer?.LateRequestSha256 ?? exchange.BodySha256 ?? "", exchange.ShownBodyState, Text(answer?.ContentType), Number(answer?.BodyBytes),
            answer?.BodySha256 ?? "", answer?.ShownBodyState ?? "",
        ];
        WriteRow(output, withBodies ? [.. cells, Body(exchange.Body), Body(answer?.Body)] : cells);
        return true;
    }

    /// <inheritdoc/>
    public void End(Stream output, long written)
    {
        // A table has no end of its own.
    }

    private static void WriteRow(Stream output, string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            output.Write(Encoding.UTF8.GetBytes(i == 0 ? Quoted(cells[i]) : "," + Quoted(cells[i])));
        }

        output.Write("\r\n"u8);
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    /// <remarks>https://owasp.org/www-community/attacks/CSV_Injection</remarks>
    private static string Text(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text ?? "";

    private static string Body(KeptBytes? body) => body is null ? ""
        : body.IsText ? Text(Encoding.UTF8.GetString(body.Bytes.Span)) : "base64:" + Convert.ToBase64String(body.Bytes.Span);

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Milliseconds(long? us) => (us / 1000m)?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";

    private static string Moment(long us) =>
        DateTime.UnixEpoch.AddTicks(us * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
