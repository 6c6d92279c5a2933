using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Show;

/// <summary>Writes the log's column <c>attempts</c>: a line for each provider that was asked, and below it why it failed.</summary>
internal static class AttemptList
{
    public static void Write(string attempts, Terminal terminal)
    {
        if (RecordedAttempt.Read(attempts) is not { } all)
        {
            terminal.WriteText(attempts, lead: "  ");
            return;
        }

        var table = new FittedTable(
            new Column("  PROVIDER", MinWidth: 10), new Column("OUTCOME"), new Column("STATUS"), new Column("TOOK", AlignRight: true),
            new Column("MODEL", MinWidth: 8, LeavesAt: 0));
        foreach (var attempt in all)
        {
            table.Add(
                [
                    $"  {attempt.Provider}", new Phrase(attempt.Outcome, attempt.IsOk ? Tone.Good : Tone.Bad), attempt.Status,
                    attempt.DurationMs is { } took ? ReadableDuration.From(took) : "", attempt.Model,
                ],
                attempt.Error.Length > 0 ? new Phrase(attempt.Error, Tone.Bad) : default(Phrase?));
        }

        terminal.Write(table);
    }
}
