using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Status;

namespace ProviderRouter.Cli.Commands.Db;

/// <summary>What <c>db status --json</c> prints. Sizes are bytes.</summary>
/// <param name="Path">The database.</param>
/// <param name="Full">True with <c>--full</c>: <paramref name="Parts"/> are exact, and not told from a sample.</param>
/// <param name="FreeBytes">What of the file holds nothing any more.</param>
/// <param name="OldestRequest">When it came in; null when none is on record.</param>
internal sealed record DatabaseStatus(
    string Path, bool Full, long SchemaVersion, string JournalMode, DatabaseFiles Files, long Bytes, long FreeBytes, DatabaseParts Parts,
    long Requests, long Answers, long Events, long Pieces, string? OldestRequest, string? NewestRequest, Prunable Prune)
{
    public static DatabaseStatus Of(SqliteDatabase database, DatabaseFacts facts, DatabaseFiles files, Prunable prune) => new(
        database.Path, !facts.IsEstimate, facts.SchemaVersion, facts.JournalMode, files, facts.Bytes, facts.FreeBytes, facts.Parts,
        facts.Requests, facts.Answers, facts.Events, facts.Pieces, Utc(facts.Oldest), Utc(facts.Newest), prune);

    private static string? Utc(DateTimeOffset? moment) => moment is { } known ? ReadableTime.Utc(known) : null;
}
