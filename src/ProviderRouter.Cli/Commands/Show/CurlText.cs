using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Commands.Status;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Show;

/// <summary>What <c>show --curl</c> prints: a command for POSIX shells that sends a request again, without anybody's key.</summary>
/// <param name="record">The exchange.</param>
/// <param name="bodies">Its bodies.</param>
/// <param name="servers">Where servers may be running.</param>
/// <param name="folder">The data folder that this run was told; null for the usual one.</param>
internal sealed class CurlText(AuditRecord record, RecordedBodies bodies, IReadOnlyList<string> servers, string? folder)
{
    private const string UsualUrl = "http://127.0.0.1:3001";

    /// <summary>The longest body, in bytes, that is put into the command itself.</summary>
    private const int Longest = 64 * 1024;

    private static readonly string[] Matter = ["content-type", "accept"];

    private static readonly string[] MatterPrefixes = ["anthropic-", "openai-", "x-dashscope-"];

    /// <summary>Prints it, and says what it leaves out.</summary>
    /// <returns>The exit code: 1 where the body is gone.</returns>
    public int Write(Terminal terminal)
    {
        var body = KeptBody.Of(record, bodies, BodySide.Request);
        if (body.Kept is not { Length: > 0 } && body.Shortfall is { } gone)
        {
            return terminal.Fail($"{gone} The request cannot be sent again.");
        }

        // Each letter is known to be harmless (PrintableText.IsSafe), and a line that is broken would be no command any more.
        terminal.WriteBytes(Encoding.UTF8.GetBytes(Text(body) + "\n"));
        if (body.Shortfall is { } shortfall)
        {
            terminal.Warn(shortfall);
        }

        if (record.ClientKey is { } key)
        {
            terminal.Warn($"The request showed the key '{key}', which is not in the log: add -H 'authorization: Bearer ...' where the router asks for one.");
        }

        return ExitCode.Done;
    }

    private string Text(KeptBody body)
    {
        var hasBody = body.Kept is { Length: > 0 };
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
        var server = RunningServer.Ask(servers) is [var running, ..] ? running.Url : UsualUrl;
        var query = record.Query?.Split('&').Where(pair => !pair.Contains(Redaction.Mark, StringComparison.Ordinal)) ?? [];
        var path = string.Join('&', query) is { Length: > 0 } rest ? $"{record.Endpoint}?{rest}" : record.Endpoint;
        // Whatever an imported record has for a path, it names no other host.
        return server.TrimEnd('/') + (path is ['/', ..] ? "" : "/") + string.Concat(path.EnumerateRunes().Select(Escaped));
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
        if (!body.IsWhole || body.Kept is not { Length: <= Longest } kept || !Utf8.IsValid(kept.Span))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(kept.Span);
        return PrintableText.IsSafe(text) ? text : null;
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
