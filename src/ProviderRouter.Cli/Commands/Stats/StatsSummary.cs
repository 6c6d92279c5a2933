using System.Globalization;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Stats;

/// <summary>What stands below the table on a terminal: all of it in a few lines, and a curve over time.</summary>
internal static class StatsSummary
{
    private const int MostPoints = 60;

    public static void Say(StatsReport report, StatsGrouping grouping, Terminal terminal)
    {
        var all = report.Overall;
        if (grouping is StatsGrouping.Hour or StatsGrouping.Day && report.Groups.Count > 1)
        {
            var shown = Points(report, grouping).TakeLast(MostPoints).ToList();
            terminal.WriteLine(new Phrase($"{shown.Count} {(grouping == StatsGrouping.Hour ? "hours" : "days")}  ", Tone.Faint), new Phrase(Bar.Sparkline(shown), Tone.Good));
        }

        var minutes = (report.Last - report.First)?.TotalMinutes ?? 0;
        var rate = minutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $", {all.Count / minutes:0.##} a minute") : "";
        terminal.WriteLine(new Phrase($"{ReadableCount.From(all.Count)} requests{rate}; median {ReadableDuration.From(all.Duration?.P50)}, "
            + $"first token of streams {ReadableDuration.From(all.FirstToken?.P50)}", Tone.Faint));
        terminal.WriteLine(new Phrase(Tokens(all), Tone.Faint));
        var ends = all.Outcomes.Where(pair => pair.Key != "ok").Select(pair => $"{pair.Key} {pair.Value}").ToList();
        if (ends.Count > 0)
        {
            terminal.WriteLine(new Phrase("Not ok: " + string.Join(", ", ends), all.Errors > 0 ? Tone.Bad : Tone.Faint));
        }
    }

    private static string Tokens(StatsFigures all) => all.WithTokens == 0 ? "No tokens reported"
        : $"Tokens in {ReadableCount.From(all.PromptTokens)} ({ReadableCount.From(all.CachedTokens)} cached), out {ReadableCount.From(all.CompletionTokens)}"
            + (all.WithTokens < all.Count ? $", from {ReadableCount.From(all.WithTokens)} of {ReadableCount.From(all.Count)} requests" : "");

    /// <summary>Each hour or day from the first to the last, those without a request, too.</summary>
    private static IEnumerable<long> Points(StatsReport report, StatsGrouping grouping)
    {
        var step = grouping == StatsGrouping.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);
        DateTimeOffset? next = null;
        foreach (var group in report.Groups)
        {
            var at = DateTimeOffset.Parse(group.Key!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            // A clock that was wrong for a while makes no endless curve.
            for (var missing = 0; next < at - (step / 2) && missing < MostPoints; missing++, next += step)
            {
                yield return 0;
            }

            yield return group.Count;
            next = at + step;
        }
    }
}
