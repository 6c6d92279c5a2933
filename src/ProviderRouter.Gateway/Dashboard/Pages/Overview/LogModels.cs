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
            { Reason: not null, State: AuditLogHealth.Refusing } => (new Badge(Tone.Bad, "refusing"), LogWords.Problem(health)!),
            { Reason: not null } => (new Badge(Tone.Warning, "spooling"), LogWords.Problem(health)!),
            { Lost: > 0 } => (new Badge(Tone.Bad, "has gaps"), $"{LogWords.Rows(health.Lost)} could be kept nowhere since the server's start."),
            _ when durability == AuditDurability.Process => (new Badge(Tone.Plain, "on file"),
                "Each answer is on file before its client has the end of it. A power cut may take the last ones, as audit.durability is process."),
            _ => (new Badge(Tone.Good, "durable"), "Each answer is on the disk before its client has the end of it."),
        };
        var facts = new List<(string, string)>
        {
            ("On record", requests == 1 ? "1 request" : $"{requests.ToString("N0", CultureInfo.InvariantCulture)} requests"),
            ("Waiting to be written", LogWords.Rows(health.Waiting)),
            ("On the disk", ReadableSize.From(disk.Database)),
        };
        if (health.Spooled > 0 || disk.Spool > 0)
        {
            facts.Add(("In the spool", $"{LogWords.Rows(health.Spooled)}, {ReadableSize.From(Math.Max(health.SpooledBytes, disk.Spool))}"));
        }

        if (health.Refused > 0)
        {
            facts.Add(("Refused since the start", LogWords.Rows(health.Refused)));
        }

        return new(badge, words, facts);
    }
}
