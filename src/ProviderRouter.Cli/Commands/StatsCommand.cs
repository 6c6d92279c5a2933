using System.CommandLine;
using ProviderRouter.AuditLog;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands;

/// <summary><c>provider-cli stats</c></summary>
internal sealed class StatsCommand : Command
{
    public StatsCommand(DataOption data, JsonOption json, Terminal terminal)
        : base("stats", "Show each provider's requests, errors and durations.")
    {
        Add(json);
        this.AddExamples("", "--json");
        SetAction(parse =>
        {
            using var log = data.OpenMarked(parse).OpenLog();
            var stats = log.Stats();
            if (stats.Count == 0)
            {
                terminal.Note("No request is on record yet.");
            }

            if (parse.GetValue(json))
            {
                terminal.WriteJson(new StatsReport(stats.Sum(row => row.Count), stats), CliJson.Readable.StatsReport);
            }
            else if (stats.Count > 0 || !terminal.IsTerminal)
            {
                terminal.Write(Table(stats, forPeople: terminal.IsTerminal));
            }

            return ExitCode.Done;
        });
    }

    private static FittedTable Table(IReadOnlyList<ProviderStats> stats, bool forPeople)
    {
        // A pipe gets milliseconds as numbers, so the unit moves into the heading.
        var unit = forPeople ? "" : "_MS";
        var table = new FittedTable(
            new Column("PROVIDER", MinWidth: 8), new Column("REQUESTS", AlignRight: true), new Column("ERRORS", AlignRight: true),
            new Column("MEAN" + unit, LeavesAt: 1, AlignRight: true), new Column("P50" + unit, LeavesAt: 3, AlignRight: true),
            new Column("P95" + unit, LeavesAt: 2, AlignRight: true));
        foreach (var row in stats)
        {
            table.Add([
                row.Provider ?? "-", $"{row.Count}", new Phrase($"{row.Errors}", row.Errors > 0 ? Tone.Bad : Tone.Plain),
                Duration(row.AvgDurationMs), Duration(row.P50DurationMs), Duration(row.P95DurationMs)]);
        }

        return table;

        string Duration(double? ms) => forPeople ? ReadableDuration.From(ms) : ms is { } number ? $"{number:0.###}" : "-";
    }
}

/// <summary>What <c>stats --json</c> prints.</summary>
internal sealed record StatsReport(long Total, IReadOnlyList<ProviderStats> ByProvider);
