using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands;

/// <summary>Requests as rows: short ones for people, whole ones for pipes.</summary>
internal static class HistoryTable
{
    /// <summary>Marks a stream on a terminal.</summary>
    public const string StreamMark = "»";

    private const string ApiRoot = "/v1/";

    /// <summary>For a terminal: local times, short words, and an error on a line of its own below its request.</summary>
    public static FittedTable ForTerminal(IReadOnlyList<AuditRecord> entries, TimeProvider time)
    {
        var table = new FittedTable(
            new Column("TIME"), new Column("PROVIDER", MinWidth: 8, LeavesAt: 3), new Column("MODEL", MinWidth: 12),
            new Column("REQUEST", MinWidth: 12, LeavesAt: 1), new Column("", LeavesAt: 0), new Column("STATUS", MinWidth: 6),
            new Column("TOOK", LeavesAt: 2, AlignRight: true));
        foreach (var entry in entries)
        {
            table.Add(
                [
                    new Phrase(ReadableTime.From(entry.CreatedAt, time), Tone.Faint), entry.Provider ?? "-", entry.Model ?? "-",
                    Request(entry), entry.Stream ? StreamMark : "", Status(entry), ReadableDuration.From(entry.DurationMs),
                ],
                entry.Outcome is null or "ok" ? default(Phrase?) : new Phrase(entry.Error ?? entry.Outcome, Status(entry).Tone));
        }

        return table;
    }

    /// <summary>For a pipe: one line a request, no cell empty, the error last.</summary>
    public static FittedTable ForPipe(IReadOnlyList<AuditRecord> entries)
    {
        var table = new FittedTable(
            new Column("TIME"), new Column("PROVIDER"), new Column("MODEL"), new Column("METHOD"), new Column("ENDPOINT"),
            new Column("STATUS", AlignRight: true), new Column("OUTCOME"), new Column("MS", AlignRight: true),
            new Column("STREAM"), new Column("ERROR"));
        foreach (var entry in entries)
        {
            table.Add([
                ReadableTime.Utc(entry.CreatedAt), entry.Provider ?? "-", entry.Model ?? "-", entry.Method, entry.Endpoint,
                $"{entry.StatusCode}" is { Length: > 0 } status ? status : "-", entry.Outcome ?? "open",
                entry.DurationMs is { } ms ? $"{ms:0.###}" : "-", entry.Stream ? "stream" : "-", entry.Error ?? "-"]);
        }

        return table;
    }

    /// <summary><c>chat/completions</c>, <c>GET models</c>: what goes without saying is left out.</summary>
    private static string Request(AuditRecord entry)
    {
        var isApi = entry.Endpoint.StartsWith(ApiRoot, StringComparison.Ordinal);
        var path = isApi ? entry.Endpoint[ApiRoot.Length..] : entry.Endpoint;
        return entry.Method == "POST" ? path : $"{entry.Method} {path}";
    }

    /// <summary>The status, and a word where the status alone does not say it; the error below the row says the rest.</summary>
    private static Phrase Status(AuditRecord entry) => entry.Outcome switch
    {
        null => new Phrase("open", Tone.Faint),
        "ok" => new Phrase($"{entry.StatusCode}", Tone.Good),
        // An error inside a stream comes with status 200.
        "upstream_error" => new Phrase(entry.StatusCode >= 400 ? $"{entry.StatusCode}" : $"{entry.StatusCode} error", Tone.Bad),
        "upstream_cut" => new Phrase($"{entry.StatusCode} cut", Tone.Bad),
        "client_closed" => new Phrase($"{entry.StatusCode} left", Tone.Warning),
        "rejected" => new Phrase($"{entry.StatusCode}", Tone.Warning),
        _ => new Phrase($"{entry.StatusCode}", Tone.Bad),
    };
}
