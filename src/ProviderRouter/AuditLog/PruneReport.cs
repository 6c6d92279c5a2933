using System.Runtime.InteropServices;

namespace ProviderRouter.AuditLog;

/// <summary>What retention removed; after a dry run, what it would remove.</summary>
/// <param name="Records">Requests that went, with their answers.</param>
/// <param name="Bodies">Bodies that went while their rows stayed.</param>
/// <param name="BodyBytes">The sizes of these bodies as they were sent, added up.</param>
/// <param name="Pieces">Pieces of bodies and headers that nothing had any more.</param>
/// <param name="BytesBefore">The size of the database file before, in bytes.</param>
/// <param name="BytesAfter">Its size afterwards; an estimate after a dry run.</param>
/// <param name="OldestRecord">When the oldest request came in that is still on record; null when there is none.</param>
/// <param name="OldestBody">When the oldest request came in whose bodies were not removed; null when there is none.</param>
/// <param name="HeldBy">The id of a request without an answer yet, which keeps itself and all later ones; null when none does.</param>
/// <param name="IsTooLarge">True when the database is larger than it was to become, and nothing more can go.</param>
/// <param name="CannotShrink">True when the file keeps its size: an older version made it, and a server runs.</param>
public sealed record PruneReport(
    long Records, long Bodies, long BodyBytes, long Pieces, long BytesBefore, long BytesAfter,
    DateTimeOffset? OldestRecord, DateTimeOffset? OldestBody, string? HeldBy, bool IsTooLarge, bool CannotShrink);

/// <summary>How far retention is.</summary>
/// <param name="Stage">What it removes now.</param>
/// <param name="Done">How many of these are gone.</param>
/// <param name="Total">How many there are to remove.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PruneProgress(PruneStage Stage, long Done, long Total);

/// <summary>What retention removes.</summary>
public enum PruneStage
{
    /// <summary>Whole records.</summary>
    Records,

    /// <summary>Bodies alone.</summary>
    Bodies,

    /// <summary>Pieces that nothing has any more.</summary>
    Pieces,

    /// <summary>Pages of the file that hold nothing any more.</summary>
    Space,
}
