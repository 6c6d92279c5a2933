using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.Storage.Sqlite.Index;
using ProviderRouter.Storage.Sqlite.Questions;
using ProviderRouter.Storage.Sqlite.Questions.Bodies;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>Answers questions to the log. Bodies are read only where they are asked for.</summary>
public sealed class AuditLogReader : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly RecordReader records;
    private readonly BodyReader bodies;
    private readonly KeptBodies kept;
    private readonly RecordNames names;
    private readonly RecordFinder finder;
    private readonly PromptReader prompts;
    private readonly RecordCounter counter;
    private readonly DigestReader digests;
    private readonly ReplayFinder replays;

    internal AuditLogReader(SqliteConnection connection, string databasePath)
    {
        this.connection = connection;
        (records, bodies, names) = (new RecordReader(connection), new BodyReader(connection), new RecordNames(connection));
        kept = new KeptBodies(connection);
        finder = new RecordFinder(connection, databasePath, records, bodies);
        counter = new RecordCounter(connection, databasePath, records, finder);
        prompts = new PromptReader(connection, bodies, databasePath);
        digests = new DigestReader(connection);
        replays = new ReplayFinder(connection, databasePath, records);
    }

    /// <summary>The exchanges that a filter is true of, the newest first unless said otherwise, as they are asked for.</summary>
    public IEnumerable<AuditRecord> Find(ExchangeFilter filter, bool oldestFirst = false) =>
        FindTexts(filter, oldestFirst).Select(found => found.Record);

    /// <summary>The same, each with where in it stands what was looked for.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="oldestFirst">In which order.</param>
    /// <param name="passed">Is told each exchange that was looked at, once it is done with: how far it came.</param>
    /// <param name="cancellation">Tells it to stop.</param>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public IEnumerable<FoundRecord> FindTexts(
        ExchangeFilter filter, bool oldestFirst = false, Action<AuditRecord>? passed = null, CancellationToken cancellation = default) =>
        finder.Find(filter, oldestFirst, passed, cancellation);

    /// <summary>Whether a filter is true of one exchange, what it says of texts included; null when it is not.</summary>
    public FoundRecord? Check(ExchangeFilter filter, AuditRecord record) => finder.Check(filter, record);

    /// <summary>The same, what is most about what is looked for first: of the newest 1000 that have it.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public IEnumerable<FoundRecord> FindRanked(ExchangeFilter filter, CancellationToken cancellation) => finder.FindRanked(filter, cancellation);

    /// <summary>The start of what the user said last in a request, on one line; null where there is none, or nobody can tell.</summary>
    public string? ReadPrompt(AuditRecord record) => prompts.Read(record);

    /// <summary>The exchange with this <see cref="AuditRecord.Id"/>; null when it is not on record.</summary>
    public AuditRecord? Read(long id) => records.Read(id);

    /// <summary>What was sent in it; null when it is not on record.</summary>
    /// <param name="id">Its <see cref="AuditRecord.Id"/>.</param>
    /// <param name="most">How much of each body is read, in bytes. Of a stream's events, only the beginning is.</param>
    public RecordedBodies? ReadBodies(long id, int most = int.MaxValue) => kept.Read(id, Math.Min(most, Array.MaxLength));

    /// <summary>All of one body, however large, as it is kept; null where nothing of it is. It ends with this reader.</summary>
    /// <remarks>Reading it throws <see cref="EndOfStreamException"/> or <see cref="SqliteException"/> where retention removes it meanwhile.</remarks>
    public Stream? OpenBody(long id, BodyName name) => kept.Open(id, name);

    /// <summary>The SHA-256 of a request's body as it was sent, in hex; null when it had none, or is not on record.</summary>
    public string? ReadRequestDigest(long id) => digests.Read(id);

    /// <summary>The exchanges that repeat this one.</summary>
    /// <param name="origin">The one that they repeat.</param>
    /// <param name="most">How many are read, the newest; the others are counted.</param>
    public FoundReplays FindReplays(AuditRecord origin, int most) => replays.Find(origin, most);

    /// <summary>Which exchange is meant by an id, the start of one, or <c>last</c>.</summary>
    public RecordName Name(string typed) => names.Find(typed);

    /// <summary>The shortest start of a request's id, from 13 letters on, that names no other one on record.</summary>
    public string Shorten(string requestId) => names.Shorten(requestId);

    /// <summary>Figures of the exchanges that a filter is true of.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="grouping">By what they are grouped.</param>
    /// <param name="zone">Whose hours and days are meant.</param>
    public StatsReport Stats(ExchangeFilter filter, StatsGrouping grouping, TimeZoneInfo zone) => counter.Count(filter, grouping, zone);

    /// <summary>The <see cref="AuditRecord.Id"/> of the newest exchange; 0 when there is none.</summary>
    public long LastId() => LogSpan.Of(connection).Last;

    /// <summary>Follows the log from a place on.</summary>
    /// <param name="from">The place; null for the end of the log.</param>
    public LogTail Follow(LogPlace? from = null) => new(connection, records, from);

    /// <summary>How many exchanges are on record.</summary>
    /// <remarks>
    /// Rows are only added, one id after the other, so the first and the last tell; counting a million takes 30 ms.
    /// </remarks>
    public long Count() => connection.Scalar<long>(
        "SELECT coalesce((SELECT max(id) FROM audit_requests) - (SELECT min(id) FROM audit_requests) + 1, 0)");

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        prompts.Dispose();
        records.Dispose();
        bodies.Dispose();
        kept.Dispose();
        names.Dispose();
        digests.Dispose();
        replays.Dispose();
        connection.Dispose();
    }
}
