using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Replay;

/// <summary>What became of the requests: the rows on stdout, and what should be known of them on stderr.</summary>
internal sealed class ReplaySummary(Terminal terminal, RecordedRequests requests, string provider)
{
    /// <summary>Says what was sent, and how it ended.</summary>
    /// <param name="report">What became of each.</param>
    /// <param name="stopReason">Why no more were sent; null when nothing kept them from it.</param>
    /// <param name="isInterrupted">True after Ctrl+C.</param>
    /// <param name="asJson">True for a program.</param>
    /// <returns>The exit code.</returns>
    public int Say(ReplayReport report, string? stopReason, bool isInterrupted, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(report, CliJson.Readable.ReplayReport);
        }
        else if (report.Sent > 0 || !terminal.IsTerminal)
        {
            terminal.Write(terminal.IsTerminal ? ReplayTable.ForTerminal(report.Replays, requests) : ReplayTable.ForPipe(report.Replays));
        }

        // Of those that had not their turn, one line says enough.
        Warn([.. report.NotSent.Where(one => one.Reason != stopReason)]);
        var counts = $"{report.Sent} sent to {provider}: {report.Ok} ok, {report.Failed} failed; {report.Skipped} not sent.";
        if (isInterrupted)
        {
            terminal.Note($"Interrupted. {counts}");
            return ExitCode.Interrupted;
        }

        if (stopReason is null && report is { Failed: 0, Sent: > 0 })
        {
            terminal.Note(counts);
            return ExitCode.Done;
        }

        return terminal.Fail($"{counts}{(stopReason is null ? "" : $" {stopReason}")}");
    }

    /// <summary>Says what would be sent, and what cannot be.</summary>
    public int SayForeseen(IReadOnlyList<long> ids, bool asJson)
    {
        var (would, notSent) = (new List<WouldSend>(), new List<NotSent>());
        foreach (var id in ids)
        {
            if (requests.Read(id, out var why) is { } request)
            {
                var origin = request.Origin;
                would.Add(new WouldSend(origin.RequestId, origin.Method, request.Address, request.Model, request.Body?.Length ?? 0));
            }
            else
            {
                notSent.Add(why);
            }
        }

        if (asJson)
        {
            terminal.WriteJson(ReplayReport.Of([], notSent) with { WouldSend = would }, CliJson.Readable.ReplayReport);
        }
        else if (would.Count > 0 || !terminal.IsTerminal)
        {
            terminal.Write(ReplayTable.OfDryRun(would, terminal.IsTerminal ? requests.Shorten : id => id, terminal.IsTerminal));
        }

        Warn(notSent);
        terminal.Note($"{would.Count} would be sent to {provider}; {notSent.Count} cannot be.");
        return ExitCode.Done;
    }

    private void Warn(IReadOnlyList<NotSent> notSent)
    {
        foreach (var (id, reason) in notSent)
        {
            terminal.Warn($"{(terminal.IsTerminal ? requests.Shorten(id) : id)} cannot be sent: {reason}.");
        }
    }
}
