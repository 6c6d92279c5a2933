using System.Text.Json;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Show;

/// <summary>Writes the log's column <c>attempts</c>: a line for each provider that was asked, and below it why it failed.</summary>
internal static class AttemptList
{
    public static void Write(string attempts, Terminal terminal)
    {
        try
        {
            using var json = JsonDocument.Parse(attempts);
            var table = new FittedTable(
                new Column("  PROVIDER", MinWidth: 10), new Column("OUTCOME"), new Column("STATUS"), new Column("TOOK", AlignRight: true),
                new Column("MODEL", MinWidth: 8, LeavesAt: 0));
            foreach (var attempt in json.RootElement.EnumerateArray())
            {
                table.Add(
                    [
                        $"  {Text(attempt, "provider")}", new Phrase(Text(attempt, "outcome"), Text(attempt, "outcome") == "ok" ? Tone.Good : Tone.Bad),
                        Text(attempt, "status"), attempt.TryGetProperty("durationMs", out var took) ? ReadableDuration.From(took.GetDouble()) : "",
                        Text(attempt, "model"),
                    ],
                    Text(attempt, "error") is { Length: > 0 } error ? new Phrase(error, Tone.Bad) : default(Phrase?));
            }

            terminal.Write(table);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            terminal.WriteText(attempts, lead: "  ");
        }
    }

    private static string Text(JsonElement attempt, string name) => attempt.TryGetProperty(name, out var value) ? value.ToString() : "";
}
