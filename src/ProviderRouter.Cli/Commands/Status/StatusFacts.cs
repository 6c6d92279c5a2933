using ProviderRouter.Cli.Output;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Commands.Status;

/// <summary>The state as people read it: facts, then what is wrong, each with what to do about it.</summary>
internal static class StatusFacts
{
    public static void Show(Terminal terminal, StatusReport report, IReadOnlyList<RunningServer> servers)
    {
        var facts = new FactSheet();
        facts.Add("Active provider", new Phrase(report.ActiveProvider, report.Problem is null ? Tone.Good : Tone.Warning));
        facts.Add("Base URL", report.BaseUrl ?? "-");
        facts.Add("Chosen by", report.Source switch
        {
            "database" => "the database",
            "environment" => $"{ActiveProvider.Variable}, as the database names none",
            _ => "default, as neither the database nor the environment names one",
        });
        facts.Add("When it fails", report.Fallbacks.Count == 0 ? "nobody answers in its place" : new Phrase(
            string.Join(", then ", report.Fallbacks.Select(Shown)), report.Fallbacks.All(fallback => fallback.Enabled) ? Tone.Plain : Tone.Warning));
        facts.Add("Database", report.Database);
        facts.Add("On the disk", ReadableSize.From(report.DatabaseBytes)
            + (report.SpoolBytes > 0 ? $", and {ReadableSize.From(report.SpoolBytes)} in the spool" : ""));
        facts.Add("On record", report.Requests == 1 ? "1 request" : $"{report.Requests} requests");
        if (servers.Count == 0)
        {
            facts.Add("Server", "not running");
        }

        foreach (var server in servers)
        {
            var isWell = !ServerProblems.Of(server).Any();
            facts.Add("Server", new Phrase(
                $"{server.Url}, {(server.Log is { State: var state } ? $"log {state}" : "no answer")}", isWell ? Tone.Good : Tone.Warning));
            foreach (var breaker in server.Breakers)
            {
                facts.Add("Breaker", new Phrase($"{breaker.Provider}: {breaker.State}", Tone.Warning));
            }
        }

        terminal.Write(facts);
        foreach (var (problem, advice) in report.Problems)
        {
            terminal.WriteLine(new Phrase("! ", Tone.Warning), problem);
            terminal.WriteLine("  Next: ", new Phrase(advice, Tone.Strong));
        }
    }

    private static string Shown(FallbackReport fallback) =>
        fallback.Provider + (!fallback.Known ? " (not known)" : fallback.Enabled ? "" : " (disabled)");
}
