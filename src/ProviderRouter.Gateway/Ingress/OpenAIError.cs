using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ProviderRouter.Gateway.Ingress;

/// <summary>
/// An error that the router itself raises, as OpenAI's error object, so that every client can show it. Source:
/// https://platform.openai.com/docs/guides/error-codes
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">What scripts test for.</param>
/// <param name="Message">What is wrong and what to do next.</param>
public sealed record OpenAIError(int Status, string Code, string Message)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>No provider has this name.</summary>
    public static OpenAIError UnknownProvider(string message) => new(StatusCodes.Status400BadRequest, "unknown_provider", message);

    /// <summary>The provider is switched off.</summary>
    public static OpenAIError ProviderDisabled(string name) => new(StatusCodes.Status400BadRequest, "provider_disabled",
        $"The provider '{name}' is disabled. Choose another with `provider-cli set NAME` or the header x-router-provider.");

    /// <summary>Nothing of the router's is at this URL.</summary>
    public static OpenAIError UnknownUrl(HttpRequest request) => new(StatusCodes.Status404NotFound, "unknown_url",
        $"There is nothing at {request.Method} {request.Path}. Requests for providers go to /v1, such as /v1/chat/completions:"
        + " is /v1 missing at the end of the client's base URL?");

    /// <summary>No connection to the provider came about.</summary>
    public static OpenAIError Unreachable(string message) => new(StatusCodes.Status502BadGateway, "upstream_unreachable", message);

    /// <summary>What the provider sent cannot be passed on.</summary>
    public static OpenAIError Invalid(string message) => new(StatusCodes.Status502BadGateway, "upstream_invalid", message);

    /// <summary>The provider was silent for too long.</summary>
    public static OpenAIError TimedOut(string message) => new(StatusCodes.Status504GatewayTimeout, "upstream_timeout", message);

    /// <summary>The request cannot be put on record, and is to be refused then.</summary>
    public static OpenAIError LogUnavailable(string? reason) => new(StatusCodes.Status503ServiceUnavailable, "log_unavailable",
        $"The request was refused, as the log cannot be written: {reason ?? "the attempt took too long."}"
        + " `provider-cli config set audit.onFailure continue` serves requests all the same.");

    /// <summary>What the client sent is not HTTP, or broke off.</summary>
    public static OpenAIError BadRequest(int status, string message) => new(status, "bad_request", message);

    /// <summary>A bug of ours.</summary>
    public static OpenAIError Internal(string requestId) => new(StatusCodes.Status500InternalServerError, "router_error",
        $"The router failed. Its log on stderr says why, under the request id {requestId}; please report it.");

    /// <summary>Sends the error. Headers that were set before stay.</summary>
    public async Task WriteAsync(HttpResponse response, CancellationToken cancellation)
    {
        var body = ToJson();
        response.StatusCode = Status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, cancellation);
    }

    /// <summary>The object on one line.</summary>
    public ReadOnlyMemory<byte> ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Readable);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, Message);
        json.WriteString("type"u8, Status < 500 ? "invalid_request_error" : Status is 500 or 503 ? "server_error" : "upstream_error");
        json.WriteNull("param"u8);
        json.WriteString("code"u8, Code);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
