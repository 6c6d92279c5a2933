namespace ProviderRouter.Storage.Sqlite.Status;

/// <summary>What is in the database, and what it takes.</summary>
/// <param name="SchemaVersion">How many migrations were applied.</param>
/// <param name="JournalMode">SQLite's: <c>wal</c>, unless somebody changed it.</param>
/// <param name="Bytes">The size of the file, in bytes, once all that was written has come to it.</param>
/// <param name="FreeBytes">What of it holds nothing any more.</param>
/// <param name="Requests">Requests on record.</param>
/// <param name="Answers">Answers on record.</param>
/// <param name="Events">What happened to the log itself.</param>
/// <param name="Pieces">Pieces of bodies and headers.</param>
/// <param name="Oldest">When the oldest request came in that is on record; null when there is none.</param>
/// <param name="Newest">When the newest did.</param>
/// <param name="Parts">What takes how much of it.</param>
/// <param name="IsEstimate">True when the parts were told from a sample.</param>
public sealed record DatabaseFacts(
    long SchemaVersion, string JournalMode, long Bytes, long FreeBytes, long Requests, long Answers, long Events, long Pieces,
    DateTimeOffset? Oldest, DateTimeOffset? Newest, DatabaseParts Parts, bool IsEstimate);

/// <summary>What takes how much of the database, in bytes; what they leave is for indexes and half-empty pages.</summary>
/// <param name="Requests">The rows of requests, without their bodies.</param>
/// <param name="Answers">The rows of answers, without their bodies.</param>
/// <param name="Events">The rows of events.</param>
/// <param name="Bodies">Bodies that lie in their rows.</param>
/// <param name="Pieces">The pieces of larger bodies, and of headers.</param>
/// <param name="EventStreams">Streams' events as they were sent, compressed.</param>
/// <param name="Rest">Indexes, half-empty pages and what is not of the log.</param>
public sealed record DatabaseParts(long Requests, long Answers, long Events, long Bodies, long Pieces, long EventStreams, long Rest);
