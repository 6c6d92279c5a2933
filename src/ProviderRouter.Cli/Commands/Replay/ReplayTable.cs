using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Replay;

/// <summary>Requests that were sent again, or would be, a row each: short for people, whole for pipes.</summary>
internal static class ReplayTable
{
    /// <summary>For a terminal; an error stands below its row.</summary>
    public static FittedTable ForTerminal(IReadOnlyList<ReplayResult> replays, RecordedRequests requests)
    {
        var table = new FittedTable(
            new Column("ORIGIN", LeavesAt: 3), new Column("NEW"), new Column("MODEL", MinWidth: 10, LeavesAt: 1), new Column("STATUS", MinWidth: 6),
            new Column("TOOK", AlignRight: true, LeavesAt: 4), new Column("FIRST TOKEN", AlignRight: true, LeavesAt: 0),
            new Column("TOKENS", AlignRight: true, LeavesAt: 2));
        foreach (var replay in replays)
        {
            var tone = replay.IsOk ? Tone.Good : Tone.Bad;
            var status = replay.StatusCode is { } code ? $"{code}{(replay.IsOk || code >= 400 ? "" : $" {replay.Outcome}")}" : replay.Outcome ?? "failed";
            table.Add(
                [
                    new Phrase(requests.Shorten(replay.Origin), Tone.Faint), replay.RequestId is { } id ? requests.Shorten(id) : "-", replay.Model ?? "-",
                    new Phrase(status, tone), ReadableDuration.From(replay.DurationMs), ReadableDuration.From(replay.FirstTokenMs), Tokens(replay),
                ],
                replay.IsOk ? default(Phrase?) : new Phrase(replay.Error ?? replay.Outcome ?? "It failed.", tone));
        }

        return table;
    }

    /// <summary>For a pipe: no cell is empty, the error last.</summary>
    public static FittedTable ForPipe(IReadOnlyList<ReplayResult> replays)
    {
        var table = new FittedTable(
            new Column("ORIGIN"), new Column("NEW"), new Column("MODEL"), new Column("STATUS", AlignRight: true), new Column("OUTCOME"),
            new Column("MS", AlignRight: true), new Column("FIRST_TOKEN_MS", AlignRight: true), new Column("TOKENS", AlignRight: true), new Column("ERROR"));
        foreach (var replay in replays)
        {
            table.Add([
                replay.Origin, replay.RequestId ?? "-", replay.Model ?? "-", replay.StatusCode is { } code ? $"{code}" : "-",
                replay.Outcome ?? (replay.IsOk ? "ok" : "failed"), Milliseconds(replay.DurationMs), Milliseconds(replay.FirstTokenMs), Tokens(replay),
                replay.Error ?? "-"]);
        }

        return table;
    }

    /// <summary>What a dry run would send.</summary>
    public static FittedTable OfDryRun(IReadOnlyList<WouldSend> requests, Func<string, string> shorten, bool isTerminal)
    {
        var table = new FittedTable(
            new Column("ID"), new Column("REQUEST", MinWidth: 12), new Column("MODEL", MinWidth: 10, LeavesAt: 0),
            new Column("SIZE", AlignRight: true, LeavesAt: 1));
        foreach (var request in requests)
        {
            table.Add([
                shorten(request.RequestId), $"{request.Method} {request.Endpoint}", request.Model ?? "-",
                isTerminal ? ReadableSize.From(request.Bytes) : $"{request.Bytes}"]);
        }

        return table;
    }

    private static string Milliseconds(double? milliseconds) => milliseconds is { } ms ? $"{ms:0.###}" : "-";

    private static string Tokens(ReplayResult replay) =>
        replay is { PromptTokens: null, CompletionTokens: null } ? "-" : $"{(replay.PromptTokens ?? 0) + (replay.CompletionTokens ?? 0)}";
}
