using ProviderRouter.AuditLog;
using ProviderRouter.Cli.Output;
using ProviderRouter.Settings;

namespace ProviderRouter.Cli.Commands.Prune;

/// <summary>Says what <c>prune</c> did, or would do.</summary>
internal sealed class PruneSummary(PruneReport report, bool isDryRun, long? maxSize)
{
    /// <summary>What is being removed, and how much of it is gone.</summary>
    public static string Describe(PruneProgress progress) => progress.Stage switch
    {
        PruneStage.Space => $"Returning free space: {progress.Done} of {progress.Total} pages",
        var stage => $"Removing {stage.ToString().ToLowerInvariant()}: {progress.Done} of {progress.Total}",
    };

    /// <summary>Prints it, and answers the exit code.</summary>
    public int Say(Terminal terminal, TimeProvider time, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(PruneResult.Of(report, isDryRun), CliJson.Readable.PruneResult);
        }
        else if (report.Records + report.Bodies + report.Pieces == 0)
        {
            terminal.WriteLine(isDryRun ? "There is nothing to remove." : "There was nothing to remove.");
        }
        else
        {
            terminal.Write(Facts(time));
        }

        if (report.HeldBy is { } request)
        {
            terminal.Warn($"The request {request} has no answer yet: it stays, and so does what came after it.");
        }

        if (report.CannotShrink && !isDryRun)
        {
            terminal.Warn("The file keeps its size for now. Stop the server, and run provider-cli prune once more.");
        }

        return !report.IsTooLarge ? ExitCode.Done
            : terminal.Fail($"The database stays larger than {ByteSize.Format(maxSize!.Value)}: nothing more can be removed.");
    }

    private FactSheet Facts(TimeProvider time)
    {
        var (verb, about) = isDryRun ? ("to remove", "about ") : ("removed", "");
        var sent = report.Bodies == 0 ? "" : $", {ReadableSize.From(report.BodyBytes)} as they were sent";
        var facts = new FactSheet();
        facts.Add($"Records {verb}", $"{report.Records}");
        facts.Add($"Bodies {verb}", $"{report.Bodies}{sent}");
        facts.Add("Database file", $"{ReadableSize.From(report.BytesBefore)} → {about}{ReadableSize.From(report.BytesAfter)}");
        facts.Add("Oldest record left", Time(report.OldestRecord));
        facts.Add("Oldest bodies left", Time(report.OldestBody));
        return facts;

        string Time(DateTimeOffset? moment) => moment is { } known ? ReadableTime.From(known, time) : "-";
    }
}
