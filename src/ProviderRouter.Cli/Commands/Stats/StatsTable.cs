using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Stats;

/// <summary>Groups as rows: bars and short words for people, plain numbers for pipes.</summary>
internal static class StatsTable
{
    /// <summary>For a terminal: the bar is the group's share of the largest one.</summary>
    public static FittedTable ForTerminal(StatsReport report, StatsGrouping grouping)
    {
        var table = new FittedTable(
            new Column(grouping.ToString().ToUpperInvariant(), MinWidth: 16), new Column("REQUESTS", AlignRight: true), new Column("", LeavesAt: 9),
            new Column("ERRORS", AlignRight: true), new Column("MEAN", LeavesAt: 4, AlignRight: true), new Column("P50", LeavesAt: 11, AlignRight: true),
            new Column("P90", LeavesAt: 1, AlignRight: true), new Column("P95", LeavesAt: 10, AlignRight: true), new Column("P99", LeavesAt: 3, AlignRight: true),
            new Column("FIRST P50", LeavesAt: 8, AlignRight: true), new Column("P95", LeavesAt: 2, AlignRight: true),
            new Column("IN", LeavesAt: 5, AlignRight: true), new Column("OUT", LeavesAt: 7, AlignRight: true), new Column("TOK/S", LeavesAt: 6, AlignRight: true));
        var most = report.Groups.Select(group => group.Count).DefaultIfEmpty().Max();
        var hours = grouping == StatsGrouping.Hour ? new HourNames(report.Groups) : null;
        foreach (var group in report.Groups)
        {
            table.Add([
                Name(group.Key, hours), $"{group.Count}", new Phrase(Bar.Of(group.Count, most), Tone.Good), Errors(group),
                Time(group.Duration?.Mean), Time(group.Duration?.P50), Time(group.Duration?.P90), Time(group.Duration?.P95), Time(group.Duration?.P99),
                Time(group.FirstToken?.P50), Time(group.FirstToken?.P95),
                Tokens(group, group.PromptTokens), Tokens(group, group.CompletionTokens),
                group.TokensPerSecond is { } speed ? ReadableCount.PerSecond(speed.P50) : ""]);
        }

        return table;

        string Time(double? ms) => ms is null ? "" : ReadableDuration.From(ms);
        string Tokens(StatsFigures group, long tokens) => group.WithTokens == 0 ? "-" : ReadableCount.From(tokens);
    }

    /// <summary>For a pipe: milliseconds as numbers, no cell empty.</summary>
    public static FittedTable ForPipe(StatsReport report, StatsGrouping grouping)
    {
        string[] numbers =
        [
            "REQUESTS", "ERRORS", "MEAN_MS", "P50_MS", "P90_MS", "P95_MS", "P99_MS", "FIRST_TOKEN_MEAN_MS", "FIRST_TOKEN_P50_MS", "FIRST_TOKEN_P90_MS",
            "FIRST_TOKEN_P95_MS", "FIRST_TOKEN_P99_MS", "IN", "OUT", "CACHED", "TOKENS_PER_S",
        ];
        var table = new FittedTable([new Column(grouping.ToString().ToUpperInvariant()), .. numbers.Select(name => new Column(name, AlignRight: true))]);
        foreach (var group in report.Groups)
        {
            var (took, first) = (group.Duration, group.FirstToken);
            table.Add([
                group.Key ?? "-", $"{group.Count}", $"{group.Errors}",
                Number(took?.Mean), Number(took?.P50), Number(took?.P90), Number(took?.P95), Number(took?.P99),
                Number(first?.Mean), Number(first?.P50), Number(first?.P90), Number(first?.P95), Number(first?.P99),
                Tokens(group, group.PromptTokens), Tokens(group, group.CompletionTokens), Tokens(group, group.CachedTokens), Number(group.TokensPerSecond?.P50)]);
        }

        return table;

        string Number(double? value) => value is { } number ? $"{number:0.###}" : "-";
        string Tokens(StatsFigures group, long tokens) => group.WithTokens == 0 ? "-" : $"{tokens}";
    }

    /// <summary>A group's name; hours without the year.</summary>
    private static string Name(string? key, HourNames? hours) => key is null ? "-" : hours?.Of(key)[5..] ?? key;

    private static Phrase Errors(StatsFigures group) => group.Errors == 0 ? new Phrase("0", Tone.Faint)
        : new Phrase(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{group.Errors} {100.0 * group.Errors / group.Count:0.0}%"), Tone.Bad);
}
