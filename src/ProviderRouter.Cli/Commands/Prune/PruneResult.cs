using ProviderRouter.AuditLog;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Prune;

/// <summary>What <c>prune --json</c> prints; after a dry run, what would be.</summary>
/// <param name="BodyBytes">The sizes of the removed bodies as they were sent.</param>
/// <param name="BytesBefore">The size of the database file.</param>
/// <param name="BytesAfter">The same afterwards; an estimate after a dry run.</param>
/// <param name="OldestRecord">When the oldest request came in that is left; null when none is.</param>
/// <param name="OldestBody">When the oldest request came in whose bodies were not removed; null when there is none.</param>
/// <param name="HeldBy">The request without an answer yet that keeps itself and all later ones; null when none does.</param>
/// <param name="TooLarge">True when the database is larger than it was to become, and nothing more can go.</param>
internal sealed record PruneResult(
    bool DryRun, long RecordsRemoved, long BodiesRemoved, long BodyBytes, long PiecesRemoved, long BytesBefore, long BytesAfter,
    string? OldestRecord, string? OldestBody, string? HeldBy, bool TooLarge)
{
    public static PruneResult Of(PruneReport report, bool isDryRun) => new(
        isDryRun, report.Records, report.Bodies, report.BodyBytes, report.Pieces, report.BytesBefore, report.BytesAfter,
        Utc(report.OldestRecord), Utc(report.OldestBody), report.HeldBy, report.IsTooLarge);

    private static string? Utc(DateTimeOffset? moment) => moment is { } known ? ReadableTime.Utc(known) : null;
}
