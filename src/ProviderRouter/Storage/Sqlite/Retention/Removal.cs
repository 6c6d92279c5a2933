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
}
