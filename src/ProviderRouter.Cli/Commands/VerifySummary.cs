using ProviderRouter.AuditLog;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands;

/// <summary>Says what a walk along the log's chain found.</summary>
internal sealed class VerifySummary(Terminal terminal, string database)
{
    /// <summary>Prints it, and answers the exit code.</summary>
    public int Print(VerifyReport report, TimeSpan took, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(VerifyResult.Of(report, took), CliJson.Readable.VerifyResult);
        }

        if (report.Fault is { } fault)
        {
            return terminal.Fail($"The log is not what was written ({Describe(fault)}): {fault.Message} {Next(fault)}");
        }

        if (!asJson)
        {
            Show(report, took);
        }

        return ExitCode.Done;
    }

    private void Show(VerifyReport report, TimeSpan took)
    {
        terminal.WriteLine(new Phrase("✓ The log is intact.", Tone.Good));
        var facts = new FactSheet();
        facts.Add("Rows", $"{report.Rows:#,0}");
        facts.Add("Requests", $"{report.Requests:#,0}");
        facts.Add("Bodies checked", $"{report.Bodies:#,0}");
        facts.Add("Bodies pruned", $"{report.BodiesPruned:#,0}");
        if (report.FirstPlace > 1)
        {
            facts.Add("First place", $"{report.FirstPlace:#,0}, as retention removed what was before it");
        }

        if (report.RowsLeaving > 0)
        {
            facts.Add("Being removed", $"{report.RowsLeaving:#,0} older rows, by retention; do not rely on them");
        }

        facts.Add("Took", ReadableDuration.From(took.TotalMilliseconds));
        facts.Add("Head", $"{report.Head}");
        terminal.Write(facts);
        terminal.WriteLine("Keep the head in another place. Later, this finds whether the log up to here is still this one:");
        terminal.WriteLine("  ", new Phrase($"provider-cli verify --since {report.Head}", Tone.Strong));
    }

    /// <summary>What, and where, as far as the message does not say so.</summary>
    private static string Describe(ChainFault fault)
    {
        string?[] parts = [fault.Kind, Unsaid(fault, $"place {fault.Place}"), fault.RequestId is { } id ? Unsaid(fault, id) : null];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string? Unsaid(ChainFault fault, string where) =>
        fault.Place is null || fault.Message.Contains(where, StringComparison.Ordinal) ? null : where;

    private string Next(ChainFault fault) => fault.Kind switch
    {
        "schema" => $"Copy {database} as it is, then compare its schema with that of a new database.",
        _ => $"Copy {database} as it is, then compare it with a backup.",
    };
}

/// <summary>What <c>verify --json</c> prints.</summary>
/// <param name="Intact">True when nothing is wrong.</param>
/// <param name="FirstPlace">The place of the first row; later than 1 where retention removed what was before it.</param>
/// <param name="Head">The last row that was found to be right.</param>
/// <param name="Fault">The first thing that is wrong, or null.</param>
internal sealed record VerifyResult(
    bool Intact, long Rows, long Requests, long Bodies, long BodiesPruned, long FirstPlace, string Head, ChainFault? Fault, double DurationMs)
{
    public static VerifyResult Of(VerifyReport report, TimeSpan took) => new(
        report.Fault is null, report.Rows, report.Requests, report.Bodies, report.BodiesPruned, report.FirstPlace, $"{report.Head}",
        report.Fault, Math.Round(took.TotalMilliseconds, 3));
}
