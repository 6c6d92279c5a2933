namespace ProviderRouter.AuditLog.Questions;

/// <summary>Which exchanges are meant: those that all of this is true of. What is null asks for nothing.</summary>
public sealed record ExchangeFilter
{
    /// <summary>All that is on record.</summary>
    public static readonly ExchangeFilter All = new();

    /// <summary>Who answered, by name.</summary>
    public string? Provider { get; init; }

    /// <summary>The model that was asked for, or the one that says it answered; <c>*</c> stands for any letters. Case does not count.</summary>
    public string? Model { get; init; }

    /// <summary>What the client was sent.</summary>
    public StatusRange? Status { get; init; }

    /// <summary>How it ended (<see cref="OutcomeNames"/>), <see cref="Open"/> or <see cref="Failed"/>.</summary>
    public string? Outcome { get; init; }

    /// <summary>The path, or its end from a slash on: <c>chat/completions</c>.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Came in then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Came in before then.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Took longer.</summary>
    public TimeSpan? SlowerThan { get; init; }

    /// <summary>At least so many tokens, of prompt and answer together.</summary>
    public long? MinTokens { get; init; }

    /// <summary>The name of the client's key.</summary>
    public string? ClientKey { get; init; }

    /// <summary>What stands in the request or its answer.</summary>
    public TextQuery? Search { get; init; }

    /// <summary>Older than the one with this <see cref="AuditRecord.Id"/>.</summary>
    public long? BeforeId { get; init; }

    /// <summary>Newer than the one with this <see cref="AuditRecord.Id"/>.</summary>
    public long? AfterId { get; init; }

    /// <summary>True: those that repeat another one; false: all others.</summary>
    public bool? IsReplay { get; init; }

    /// <summary>Stands for an exchange without an answer on record in <see cref="Outcome"/>.</summary>
    public const string Open = "open";

    /// <summary>Stands for every end but a good one in <see cref="Outcome"/>: what statistics count as errors.</summary>
    public const string Failed = "failed";

    /// <summary>True where an exchange that ended so has failed.</summary>
    /// <param name="outcome">Its outcome (<see cref="OutcomeNames"/>); null or <see cref="Open"/> while it has none.</param>
    public static bool IsFailure(string? outcome) => outcome is not (null or Open or "ok");
}
