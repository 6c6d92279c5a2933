using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Readable;

namespace ProviderRouter.Replay;

/// <summary>A command for POSIX shells that sends a request again, without anybody's key.</summary>
public sealed class CurlText
{
    /// <summary>Where a server listens that was told nothing else.</summary>
    public const string UsualServer = "http://127.0.0.1:3001";

    /// <summary>The longest body, in bytes, that is put into the command itself.</summary>
    private const int Longest = 64 * 1024;

    private static readonly string[] Matter = ["content-type", "accept"];

    private static readonly string[] MatterPrefixes = ["anthropic-", "openai-", "x-dashscope-"];

    private readonly AuditRecord record;
    private readonly RecordedBodies bodies;
    private readonly Func<string> server;
    private readonly string? folder;

    /// <param name="record">The exchange.</param>
    /// <param name="bodies">Its bodies.</param>
    /// <param name="server">Finds out the router's address, where it is needed.</param>
    /// <param name="folder">The data folder, where that is not the usual one; else null.</param>
    public CurlText(AuditRecord record, RecordedBodies bodies, Func<string> server, string? folder)
    {
        (this.record, this.bodies, this.server, this.folder) = (record, bodies, server, folder);
        var body = KeptBody.Of(record, bodies, BodySide.Request);
        if (body.Kept == 0 && body.Shortfall is { } gone)
        {
            (Problem, Command, Notes) = ($"{gone} The request cannot be sent again.", "", []);
            return;
        }

        Command = Text(body);
        Notes =
        [
            .. new[] { body.Shortfall }.OfType<string>(),
            .. record.ClientKey is { } key
                ? (string[])[$"The request showed the key '{key}', which is not in the log: add -H 'authorization: Bearer ...' where the router asks for one."] : [],
        ];
    }

    /// <summary>Why there is none; null where there is one.</summary>
    public string? Problem { get; }

    /// <summary>The command.</summary>
    public string Command { get; }

    /// <summary>What it leaves out, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    private string Text(KeptBody body)
    {
        var hasBody = body.Kept > 0;
        var inline = hasBody ? Inline(body) : null;
        var url = Url();
        var lines = new List<string> { (url.AsSpan().ContainsAny("[]{}") ? "curl -g" : "curl") + (record.Stream ? " -N " : " ") + Quoted(url) };
        if (record.Method != (hasBody ? "POST" : "GET"))
        {
            // With -X HEAD curl would wait for a body.
            lines.Add(record.Method == "HEAD" ? "--head" : $"-X {Quoted(PrintableText.From(record.Method))}");
        }

        lines.AddRange(Headers(hasBody).Select(header => $"-H {Quoted(header)}"));
        if (hasBody)
        {
            lines.Add(inline is null ? "--data-binary @-" : $"--data-raw {Quoted(inline)}");
        }

        var command = string.Join(" \\\n  ", lines);
        return !hasBody || inline is not null ? command
            : $"provider-cli show {record.RequestId} --raw request{(folder is null ? "" : $" --data {Quoted(folder)}")} \\\n  | {command}";
    }

    private string Url()
    {
        var query = record.Query?.Split('&').Where(pair => !pair.Contains(Redaction.Mark, StringComparison.Ordinal)) ?? [];
        var path = string.Join('&', query) is { Length: > 0 } rest ? $"{record.Endpoint}?{rest}" : record.Endpoint;
        // Whatever an imported record has for a path, it names no other host.
        return server().TrimEnd('/') + (path is ['/', ..] ? "" : "/") + string.Concat(path.EnumerateRunes().Select(Escaped));
    }

    private static string Escaped(Rune letter) => letter.Value is > ' ' and <= '~' ? letter.ToString() : Uri.EscapeDataString(letter.ToString());

    private IEnumerable<string> Headers(bool hasBody)
    {
        var sent = Sent().ToList();
        if (hasBody && !sent.Any(header => header.Name == "content-type"))
        {
            // Without it curl would send one of its own.
            yield return "content-type:";
        }

        foreach (var (name, value) in sent)
        {
            yield return $"{name}: {value}";
        }

        if (record.Provider is { } provider)
        {
            yield return $"x-router-provider: {PrintableText.From(provider)}";
        }
    }

    /// <summary>Those that decide what the answer is, and hold no secret.</summary>
    private IEnumerable<(string Name, string Value)> Sent()
    {
        using var json = Parse(bodies.RequestHeaders);
        foreach (var header in json?.RootElement.EnumerateObject() ?? default)
        {
            var value = header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString()!
                : header.Value.ValueKind == JsonValueKind.Array ? string.Join(", ", header.Value.EnumerateArray().Select(one => one.ToString()))
                : "";
            var matters = Matter.Contains(header.Name) || MatterPrefixes.Any(prefix => header.Name.StartsWith(prefix, StringComparison.Ordinal));
            if (matters && value is not ("" or "*/*") && !SecretName.Is(header.Name) && !value.Contains(Redaction.Mark, StringComparison.Ordinal)
                && PrintableText.From(value) == value)
            {
                yield return (header.Name, value);
            }
        }
    }

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

    /// <summary>The body as text that a terminal can show and a shell can hold; null where it is none.</summary>
    private static string? Inline(KeptBody body)
    {
        if (!body.IsWhole || body.Start is not { Length: <= Longest } kept || !Utf8.IsValid(kept.Span))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(kept.Span);
        return PrintableText.IsSafe(text) ? text : null;
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
