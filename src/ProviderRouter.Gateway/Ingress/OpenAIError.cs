using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Settings;

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

    /// <summary>Each problem of an input on its own, where there are some.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>No provider has this name.</summary>
    public static OpenAIError UnknownProvider(string message) => new(StatusCodes.Status400BadRequest, "unknown_provider", message);

    /// <summary>The provider is switched off.</summary>
    public static OpenAIError ProviderDisabled(string name) => new(StatusCodes.Status400BadRequest, "provider_disabled",
        $"The provider '{name}' is disabled. Choose another with `provider-cli set NAME` or the header x-router-provider.");

    /// <summary>Nothing of the router's is at this URL.</summary>
    public static OpenAIError UnknownUrl(HttpRequest request) => new(StatusCodes.Status404NotFound, "unknown_url",
        $"There is nothing at {request.Method} {request.Path}. Requests for providers go to /v1, such as /v1/chat/completions:"
        + " is /v1 missing at the end of the client's base URL?");

    /// <summary>No key, or one that opens nothing here.</summary>
    public static OpenAIError Unauthorized(string message) => new(StatusCodes.Status401Unauthorized, "unauthorized", message);

    /// <summary>A key that opens something else.</summary>
    public static OpenAIError Forbidden(string message) => new(StatusCodes.Status403Forbidden, "forbidden", message);

    /// <summary>The client reached the server by a name that is not its own.</summary>
    public static OpenAIError HostNotAllowed(string name) => new(StatusCodes.Status403Forbidden, "host_not_allowed",
        $"{Shown("http.allowedHosts", name) ?? "What the request says"} is no name of this router's, so a web page might be behind it. If it is"
        + $" one, say so (several with commas between): provider-cli config set http.allowedHosts {Shown("http.allowedHosts", name) ?? "NAME"}");

    /// <summary>A web page of another origin asks.</summary>
    public static OpenAIError OriginNotAllowed(string? origin) => new(StatusCodes.Status403Forbidden, "origin_not_allowed",
        $"Web pages of {Shown("http.allowedOrigins", origin) ?? "other sites"} may not use this router. To let them (several with commas"
        + $" between): provider-cli config set http.allowedOrigins {Shown("http.allowedOrigins", origin) ?? "ORIGIN"}");

    /// <summary>A web page of another origin asks for one of the dashboard's pages, or sends a form to one.</summary>
    public static OpenAIError NotFromThisPage(string? origin) => new(StatusCodes.Status403Forbidden, "origin_not_allowed",
        $"This came from {(origin is null ? "no page of this router's" : $"another web page, {Shown("http.allowedOrigins", origin) ?? "of another site"}")}."
        + " Nothing was changed. Open the dashboard by its own address, and do it there.");

    /// <summary>What a form sends is larger than any form is.</summary>
    public static OpenAIError FormTooLarge(long most) => new(StatusCodes.Status413PayloadTooLarge, "request_too_large",
        $"The form has more than {ByteSize.Format(most)}, so nothing was changed. Go back and make it shorter.");

    /// <summary>The request's body is larger than the router takes.</summary>
    public static OpenAIError TooLarge(long most) => new(StatusCodes.Status413PayloadTooLarge, "request_too_large",
        $"The request's body has more than {ByteSize.Format(most)}. A larger one is allowed with: provider-cli config set http.maxRequestBody SIZE");

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

    /// <summary>What a stranger said, where it can do no harm in a line that a person might paste into a shell; else null.</summary>
    private static string? Shown(string setting, string? text) =>
        text is { Length: > 0 and <= 200 } && SettingList.Find(setting)?.Normalise(text) is { } clean
        && !clean.Contains(',', StringComparison.Ordinal) ? clean : null;

    /// <summary>Says that nothing is at a request's URL.</summary>
    public static Task AnswerUnknownUrlAsync(HttpContext context) =>
        UnknownUrl(context.Request).WriteAsync(context.Response, context.RequestAborted);

    /// <summary>Sends the error. Headers that were set before stay.</summary>
    public async Task WriteAsync(HttpResponse response, CancellationToken cancellation)
    {
        var body = ToJson();
        response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

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
        if (Problems.Count > 0)
        {
            json.WriteStartArray("problems"u8);
            foreach (var problem in Problems)
            {
                json.WriteStringValue(problem);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
