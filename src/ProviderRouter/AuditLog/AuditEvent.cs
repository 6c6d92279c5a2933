namespace ProviderRouter.AuditLog;

/// <summary>What happened to the log itself; it stands in the chain with the requests and answers.</summary>
/// <param name="Kind">Its name, one of those below.</param>
/// <param name="At">When.</param>
/// <param name="Detail">More, as a JSON object.</param>
/// <param name="Through">Of what retention did: the last place in the chain, or the last piece, that it concerns.</param>
public sealed record AuditEvent(string Kind, DateTimeOffset At, string Detail = "{}", long? Through = null)
{
    /// <summary>A server began to write.</summary>
    public const string Started = "started";

    /// <summary>It ended in good order.</summary>
    public const string Stopped = "stopped";

    /// <summary>It ended without: what it left unanswered was marked.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The log could be written again, after a time in which it could not.</summary>
    public const string Resumed = "resumed";

    /// <summary>More bytes came after the event that ends a stream.</summary>
    public const string AnswerContinued = "answer_continued";

    /// <summary>Rows of an older schema were chained.</summary>
    public const string Migrated = "migrated";

    /// <summary>Records of another log follow, which an export brought here.</summary>
    public const string ImportBegun = "import_begun";

    /// <summary>All of them are here.</summary>
    public const string Imported = "imported";

    /// <summary>Bodies of older rows were removed.</summary>
    public const string BodiesPruned = "bodies_pruned";

    /// <summary>Pieces that no body has any more were removed.</summary>
    public const string PiecesPruned = "pieces_pruned";

    /// <summary>Older rows were removed.</summary>
    public const string RecordsPruned = "records_pruned";

    /// <summary>All that the last three had said to go is gone.</summary>
    public const string Pruned = "pruned";
}
