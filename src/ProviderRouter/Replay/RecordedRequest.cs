using System.Security.Cryptography;
using System.Text.Json;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.JsonEdits;
using ProviderRouter.Readable;

namespace ProviderRouter.Replay;

/// <summary>A request of the log as it can be sent again.</summary>
/// <param name="Origin">Its record.</param>
/// <param name="Address">Path and query.</param>
/// <param name="Headers">Those of its headers that say how it is meant; never one that may hold a secret.</param>
/// <param name="Body">Null where it had none.</param>
/// <param name="Model">The model that it asks for, or null.</param>
public sealed record RecordedRequest(
    AuditRecord Origin, string Address, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte>? Body, string? Model)
{
    private static readonly string[] Sent = ["content-type", "accept", "anthropic-version", "anthropic-beta", "openai-beta"];

    /// <summary>Reads one; null, and why, where it cannot be sent again as it was.</summary>
    /// <param name="record">The exchange.</param>
    /// <param name="bodies">What was sent in it.</param>
    /// <param name="digest">The digest of the request's body as it was sent.</param>
    /// <param name="model">The model to ask for instead; null for the same.</param>
    /// <param name="problem">Why not.</param>
    public static RecordedRequest? Read(AuditRecord record, RecordedBodies bodies, string? digest, string? model, out string problem)
    {
        using var headers = Parse(bodies.RequestHeaders);
        var (address, body) = (RecordedAddress.Of(record), record.RequestBodyState == "none" ? null : bodies.Request);
        problem = headers is null ? "its headers cannot be read"
            : IsWebSocket(record, headers.RootElement) ? "it became a WebSocket, whose messages are not on record"
            : StateProblem(record.RequestBodyState)
            ?? (IsHttp(record) ? null : "its method or its path is none of HTTP")
            ?? (IsForProviders(record.Endpoint) ? null : "its path is none below /v1, where providers are asked")
            ?? (address is null ? "its address had a secret in it, which is not on record" : null)
            ?? (bodies.IsRequestRead ? null : $"its body ({ReadableSize.From(bodies.RequestLength)}) is larger than is read here; provider-cli replay can send it")
            ?? (body is { } kept ? RedactionProblem(kept.Span, digest, headers.RootElement.TryGetProperty("content-encoding", out _)) : null)
            ?? "";
        if (problem.Length == 0 && model is not null)
        {
            body = WithModel(body, model, out problem);
        }

        return problem.Length > 0 ? null : new(record, address!, [.. Sent.SelectMany(name => Values(headers!.RootElement, name))], body, model ?? record.Model);
    }

    private static bool IsWebSocket(AuditRecord record, JsonElement headers) =>
        record.Method == "CONNECT" || record.StatusCode == 101
        || Values(headers, "upgrade").Any(header => header.Value.Contains("websocket", StringComparison.OrdinalIgnoreCase));

    /// <summary>False of what no client can have sent: an imported record may say anything.</summary>
    private static bool IsHttp(AuditRecord record) =>
        record.Method.Length > 0 && record.Method.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal))
        && record.Endpoint is ['/', ..] && !record.Endpoint.Contains('\0', StringComparison.Ordinal);

    /// <summary>
    /// True of a path that a server takes for its providers, as it has understood it: another would be put together with a base URL to
    /// the address of somebody else, who would be sent the provider's key.
    /// </summary>
    private static bool IsForProviders(string endpoint) =>
        endpoint.Split('/') is ["", var first, .. var below] && first.Equals("v1", StringComparison.OrdinalIgnoreCase)
        && !below.Any(segment => segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..");

    private static string? StateProblem(string state) => state switch
    {
        "none" or "whole" => null,
        "pruned" => "its body was removed from the log (retention)",
        "cut" => "its body was larger than the log keeps (audit.maxBody)",
        "described" => "its body is binary, of which the log keeps the size and the digest",
        "incomplete" => "its body had not come to its end",
        _ => $"its body is {state}",
    };

    /// <summary>Whether the body is what was sent. Of one that was packed, and is kept unpacked, the digest does not tell.</summary>
    private static string? RedactionProblem(ReadOnlySpan<byte> body, string? digest, bool wasPacked)
    {
        var isAsSent = wasPacked ? body.IndexOf("[redacted]"u8) < 0 : digest is null || Convert.ToHexStringLower(SHA256.HashData(body)) == digest;
        return isAsSent ? null
            : body.IndexOf("[redacted]"u8) >= 0 ? "a secret was taken out of its body, so it is not on record as it was sent"
            : "its body on record is not what was sent (provider-cli verify says more)";
    }

    private static ReadOnlyMemory<byte>? WithModel(ReadOnlyMemory<byte>? body, string model, out string problem)
    {
        problem = "";
        if (body is { } json && JsonMember.TryFind(json.Span, "model"u8, out var member))
        {
            return (member is { } found ? JsonEdit.Replace(found, JsonEdit.Quote(model))
                : JsonEdit.Insert(json.Span, [.. "\"model\":"u8, .. JsonEdit.Quote(model)])).ApplyTo(json.Span);
        }

        problem = "its body is no JSON object in which a model can be named";
        return null;
    }

    /// <summary>Null for what no router wrote: an imported record may say anything.</summary>
    private static JsonDocument? Parse(string headers)
    {
        try
        {
            return JsonDocument.Parse(headers) is { RootElement.ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(JsonElement headers, string name) =>
        !headers.TryGetProperty(name, out var value) ? []
        : (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1))
            .Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!).Where(text => !text.Contains(Redaction.Mark, StringComparison.Ordinal) && !text.Any(char.IsControl))
            .Select(text => KeyValuePair.Create(name, text));
}
