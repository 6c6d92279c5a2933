using System.Diagnostics;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Reading;

/// <summary>
/// Reads the starts of prompts for rows, for so long: large requests may take some milliseconds each, and lists must not wait for that.
/// Those it did not come to are without.
/// </summary>
internal sealed class PromptStarts(AuditLogReader log, TimeSpan patience)
{
    /// <summary>As much as a row has room for, in UTF-16 units.</summary>
    private const int Longest = 120;

    private long spent;

    /// <summary>The start of the prompt; null where there is none, or the time is up.</summary>
    public string? Read(AuditRecord record)
    {
        if (spent > patience.TotalSeconds * Stopwatch.Frequency)
        {
            return null;
        }

        var since = Stopwatch.GetTimestamp();
        var prompt = log.ReadPrompt(record);
        spent += Stopwatch.GetTimestamp() - since;
        return prompt?.Length > Longest ? $"{prompt.AsSpan(0, Longest - (char.IsHighSurrogate(prompt[Longest - 1]) ? 1 : 0))}…" : prompt;
    }
}
