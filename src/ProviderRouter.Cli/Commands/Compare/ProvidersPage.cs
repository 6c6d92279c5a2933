using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Compare;

/// <summary>Two providers for people: who was faster, cheaper, failed more, and how alike their answers are.</summary>
internal static class ProvidersPage
{
    public static void Write(Terminal terminal, ProvidersReport report, bool withPairs, Func<string, string> shorten)
    {
        if (withPairs)
        {
            terminal.Write(List(report, terminal.IsTerminal ? shorten : id => id));
            terminal.WriteLine();
        }

        var facts = new FactSheet();
        facts.Add("Asked of both", $"{report.Pairs}: {report.Replays} as replays, {report.Pairs - report.Replays} with the same body");
        facts.Add("Same answer", $"{report.Answers.Same}");
        facts.Add("Same tool calls, other words", $"{report.Answers.SameToolCalls}");
        facts.Add("Different", $"{report.Answers.Different}");
        facts.Add("Not compared", $"{report.Answers.NotCompared}{(report.Answers.NotCompared > 0 ? ", as one failed or is not kept" : "")}");
        terminal.Write(facts);
        terminal.WriteLine();
        terminal.Write(Figures(report));
    }

    private static FittedTable Figures(ProvidersReport report)
    {
        var (from, to) = (report.From, report.To);
        var table = new FittedTable(
            new Column(""), new Column(from.Provider, MinWidth: 8, AlignRight: true), new Column(to.Provider, MinWidth: 8, AlignRight: true));
        Add("Failed", $"{from.Failed}", $"{to.Failed}", to.Failed.CompareTo(from.Failed));
        Add("Faster", $"{from.Faster}", $"{to.Faster}", from.Faster.CompareTo(to.Faster));
        AddTimes("Median time", from.MedianDurationMs, to.MedianDurationMs);
        AddTimes("Median first token", from.MedianFirstTokenMs, to.MedianFirstTokenMs);
        Add("Tokens of prompts", $"{from.PromptTokens}", $"{to.PromptTokens}", to.PromptTokens.CompareTo(from.PromptTokens));
        Add("Tokens of answers", $"{from.CompletionTokens}", $"{to.CompletionTokens}", to.CompletionTokens.CompareTo(from.CompletionTokens));
        return table;

        void AddTimes(string name, double? one, double? other) =>
            Add(name, ReadableDuration.From(one), ReadableDuration.From(other), Nullable.Compare(other, one));

        // Above zero, the first is the better one.
        void Add(string name, string one, string other, int better) => table.Add([
            new Phrase(name, Tone.Faint), new Phrase(one, better > 0 ? Tone.Good : Tone.Plain), new Phrase(other, better < 0 ? Tone.Good : Tone.Plain)]);
    }

    private static FittedTable List(ProvidersReport report, Func<string, string> id)
    {
        var (from, to) = (report.From.Provider, report.To.Provider);
        var table = new FittedTable(
            new Column("FROM", LeavesAt: 3), new Column("TO"), new Column("BY", LeavesAt: 0), new Column("ANSWERS", MinWidth: 6),
            new Column(from, MinWidth: 6, LeavesAt: 2, AlignRight: true), new Column(to, MinWidth: 6, LeavesAt: 2, AlignRight: true));
        foreach (var pair in report.List)
        {
            var tone = pair.Verdict switch { "same" => Tone.Good, "different" => Tone.Warning, "notCompared" => Tone.Bad, _ => Tone.Plain };
            table.Add([
                id(pair.From), id(pair.To), pair.By, new Phrase(pair.Verdict, tone),
                Took(pair.FromOutcome, pair.FromDurationMs), Took(pair.ToOutcome, pair.ToDurationMs)]);
        }

        return table;
    }

    private static string Took(string? outcome, double? milliseconds) => outcome == "ok" ? ReadableDuration.From(milliseconds) : outcome ?? "open";
}
