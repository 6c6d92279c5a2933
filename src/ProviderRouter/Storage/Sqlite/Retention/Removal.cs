using System.Globalization;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>A part of the log that is to go.</summary>
/// <param name="Stage">Whole records, or their bodies alone.</param>
/// <param name="From">Where it begins: what lies before is gone.</param>
/// <param name="Through">Where it ends.</param>
/// <param name="Reason">Why, as a member of a JSON object.</param>
internal sealed record Removal(PruneStage Stage, LogCut From, LogCut Through, string Reason)
{
    /// <summary>It is older than this.</summary>
    public static string IsBefore(DateTimeOffset cutoff) =>
        string.Create(CultureInfo.InvariantCulture, $"\"cutoff\":\"{cutoff.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\"");

    /// <summary>The database is larger than this.</summary>
    public static string IsTooMuchFor(long maxSize) => $"\"maxSize\":{maxSize}";

    /// <summary>The event that says so.</summary>
    public AuditEvent ToEvent(DoomedRows doomed, RetentionTrace trace, DateTimeOffset now) => Stage == PruneStage.Records
        ? new AuditEvent(AuditEvent.RecordsPruned, now, RecordsDetail(doomed, trace.LastHash(Through)), Through.Place)
        : new AuditEvent(AuditEvent.BodiesPruned, now, BodiesDetail(doomed), Through.Place);

    private string RecordsDetail(DoomedRows doomed, string lastHash)
    {
        var (requests, answers, events) = doomed.Records(Through);
        return $$"""{{{Reason}},"lastRequest":{{Through.Request}},"lastHash":"{{lastHash}}","requests":{{requests}},"answers":{{answers}},"events":{{events}}}""";
    }

    private string BodiesDetail(DoomedRows doomed)
    {
        var counts = Array.ConvertAll(BodyColumns.All, table => doomed.Bodies(table, From, Through));
        return $$"""{{{Reason}},"lastRequest":{{Through.Request}},"bodies":{{counts.Sum(count => count.Count)}},"bytes":{{counts.Sum(count => count.Sent)}}}""";
    }
}
