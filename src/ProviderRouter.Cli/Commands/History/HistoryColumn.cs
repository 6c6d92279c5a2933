using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.History;

/// <summary>A column of <c>history</c>.</summary>
/// <param name="Name">As <c>--columns</c> takes it.</param>
/// <param name="ForPeople">Its heading and its place on a terminal.</param>
/// <param name="PipeHeader">Its heading in a pipe, with the unit where the cell has none.</param>
/// <param name="Cell">What stands in it on a terminal.</param>
/// <param name="PipeCell">What stands in it in a pipe; empty for what is not known.</param>
internal sealed record HistoryColumn(
    string Name, Column ForPeople, string PipeHeader, Func<HistoryItem, TimeProvider, Phrase> Cell, Func<HistoryItem, string> PipeCell)
{
    private const string ApiRoot = "/v1/";

    /// <summary>All of them: those of a terminal, in their order, then the others.</summary>
    public static IReadOnlyList<HistoryColumn> All { get; } =
    [
        new("time", new("TIME"), "TIME", (item, time) => new(ReadableTime.From(item.Record.CreatedAt, time), Tone.Faint), item => ReadableTime.Utc(item.Record.CreatedAt)),
        new("id", new("ID", LeavesAt: 8), "ID", (item, _) => item.ShortId, item => item.Record.RequestId),
        Text("provider", record => record.Provider, new("PROVIDER", MinWidth: 8, LeavesAt: 9)),
        Text("model", record => record.Model ?? record.ResponseModel, new("MODEL", MinWidth: 12)),
        new("request", new("REQUEST", MinWidth: 12, LeavesAt: 1), "REQUEST", (item, _) => Request(item.Record), item => Request(item.Record)),
        new("stream", new("", LeavesAt: 0), "STREAM", (item, _) => item.Record.Stream ? HistoryTable.StreamMark : "", item => item.Record.Stream ? "stream" : ""),
        new("status", new("STATUS", MinWidth: 6), "STATUS", (item, _) => Status(item.Record), item => $"{item.Record.StatusCode}"),
        Duration("took", "TOOK", "MS", record => record.DurationMs, leavesAt: 6),
        Duration("first", "FIRST", "FIRST_TOKEN_MS", record => record.FirstTokenMs, leavesAt: 3),
        Number("in", "IN", record => record.PromptTokens, leavesAt: 4),
        Number("out", "OUT", record => record.CompletionTokens, leavesAt: 5),
        new("speed", new("TOK/S", LeavesAt: 2, AlignRight: true), "TOKENS_PER_S", (item, _) => Speed(item.Record), item => Speed(item.Record)),
        new("prompt", new("PROMPT", MinWidth: 16, LeavesAt: 7), "PROMPT", (item, _) => item.Prompt ?? "", item => item.Prompt ?? ""),
        Text("method", record => record.Method),
        Text("endpoint", record => record.Endpoint),
        Text("outcome", record => record.Outcome ?? ExchangeFilter.Open),
        Text("error", record => record.Error, new("ERROR", MinWidth: 16)),
        Text("key", record => record.ClientKey),
        Text("client", record => record.Client),
        Text("answered-by", record => record.ResponseModel),
        Text("finish", record => record.FinishReason),
        Number("cached", "CACHED", record => record.CachedTokens),
        Number("reasoning", "REASONING", record => record.ReasoningTokens),
        Number("tools", "TOOLS", record => record.ToolCalls),
        Number("sent", "SENT", record => record.RequestBytes),
        Number("received", "RECEIVED", record => record.ResponseBytes),
        Text("replays", record => record.Replays),
    ];

    /// <summary>What a terminal shows, as far as it is wide enough.</summary>
    public static IReadOnlyList<HistoryColumn> OfTerminal { get; } = [.. All.TakeWhile(column => column.Name != "method")];

    /// <summary>What a pipe gets: what may have blanks in it comes last.</summary>
    public static IReadOnlyList<HistoryColumn> OfPipe { get; } = Named(
        "time", "provider", "model", "method", "endpoint", "status", "outcome", "took", "stream", "first", "in", "out", "speed", "id", "error", "prompt");

    private static IReadOnlyList<HistoryColumn> Named(params string[] names) => [.. names.Select(name => All.First(column => column.Name == name))];

    private static HistoryColumn Text(string name, Func<AuditRecord, string?> value, Column? place = null) =>
        new(name, place ?? new(name.ToUpperInvariant(), MinWidth: 8), name.ToUpperInvariant(), (item, _) => value(item.Record) ?? "-", item => value(item.Record) ?? "");

    private static HistoryColumn Number(string name, string header, Func<AuditRecord, long?> value, int? leavesAt = null) =>
        new(name, new(header, LeavesAt: leavesAt, AlignRight: true), header, (item, _) => ReadableCount.From(value(item.Record)), item => $"{value(item.Record)}");

    private static HistoryColumn Duration(string name, string header, string pipeHeader, Func<AuditRecord, double?> value, int leavesAt) =>
        new(name, new(header, LeavesAt: leavesAt, AlignRight: true), pipeHeader,
            (item, _) => ReadableDuration.From(value(item.Record)), item => value(item.Record) is { } ms ? $"{ms:0.###}" : "");

    private static string Speed(AuditRecord record) => record.TokensPerSecond is { } speed ? $"{speed:0.0}" : "";

    /// <summary><c>chat/completions</c>, <c>GET models</c>: what goes without saying is left out.</summary>
    private static string Request(AuditRecord record)
    {
        var isApi = record.Endpoint.StartsWith(ApiRoot, StringComparison.Ordinal);
        var path = isApi ? record.Endpoint[ApiRoot.Length..] : record.Endpoint;
        return record.Method == "POST" ? path : $"{record.Method} {path}";
    }

    /// <summary>The status, and a word where the status alone does not say it; the error below the row says the rest.</summary>
    public static Phrase Status(AuditRecord record) => record.Outcome switch
    {
        null => new Phrase("open", Tone.Faint),
        "ok" => new Phrase($"{record.StatusCode}", Tone.Good),
        // An error inside a stream comes with status 200.
        "upstream_error" => new Phrase(record.StatusCode >= 400 ? $"{record.StatusCode}" : $"{record.StatusCode} error", Tone.Bad),
        "upstream_cut" => new Phrase($"{record.StatusCode} cut", Tone.Bad),
        "client_closed" => new Phrase($"{record.StatusCode} left", Tone.Warning),
        "interrupted" => new Phrase("lost", Tone.Bad),
        "rejected" => new Phrase($"{record.StatusCode}", Tone.Warning),
        _ => new Phrase($"{record.StatusCode}", Tone.Bad),
    };
}
