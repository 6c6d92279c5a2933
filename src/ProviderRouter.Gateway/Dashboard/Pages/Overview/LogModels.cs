using System.Globalization;
using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Overview;

/// <summary>How the log does, as people read it.</summary>
internal static class LogModels
{
    /// <summary>Puts it into words.</summary>
    /// <param name="health">What the writer says.</param>
    /// <param name="durability">What a record survives.</param>
    /// <param name="disk">What the data takes.</param>
    /// <param name="requests">Requests on record.</param>
    public static LogModel Of(AuditLogHealth health, AuditDurability durability, DiskUse disk, long requests)
    {
        var (badge, words) = health switch
        {
            { Reason: { } reason, State: AuditLogHealth.Refusing } => (new Badge(Tone.Bad, "refusing"),
                $"The log cannot be written, so requests are refused: {reason}"),
            { Reason: { } reason } => (new Badge(Tone.Warning, "spooling"),
                $"The database cannot be written; records are kept in files until it can: {reason}"),
            { Lost: > 0 } => (new Badge(Tone.Bad, "has gaps"), $"{Count(health.Lost)} could be kept nowhere since the server's start."),
            _ when durability == AuditDurability.Process => (new Badge(Tone.Plain, "on file"),
                "Each answer is on file before its client has the end of it. A power cut may take the last ones, as audit.durability is process."),
            _ => (new Badge(Tone.Good, "durable"), "Each answer is on the disk before its client has the end of it."),
        };
        var facts = new List<(string, string)>
        {
            ("On record", requests == 1 ? "1 request" : $"{requests.ToString("N0", CultureInfo.InvariantCulture)} requests"),
            ("Waiting to be written", Count(health.Waiting)),
            ("On the disk", ReadableSize.From(disk.Database)),
        };
        if (health.Spooled > 0 || disk.Spool > 0)
        {
            facts.Add(("In the spool", $"{Count(health.Spooled)}, {ReadableSize.From(Math.Max(health.SpooledBytes, disk.Spool))}"));
        }

        if (health.Refused > 0)
        {
            facts.Add(("Refused since the start", Count(health.Refused)));
        }

        return new(badge, words, facts);
    }

    private static string Count(long rows) => rows == 1 ? "1 row" : $"{rows.ToString("N0", CultureInfo.InvariantCulture)} rows";
}
