namespace ProviderRouter.Settings;

/// <summary>How the audit log is kept: the settings <c>audit.*</c>.</summary>
public sealed record AuditSettings
{
    /// <summary>What a record that is on file survives. Default: a power cut.</summary>
    public AuditDurability Durability { get; init; } = AuditDurability.Full;

    /// <summary>What happens to requests while the log cannot be written. Default: they are served.</summary>
    public AuditFailureAction OnFailure { get; init; } = AuditFailureAction.Continue;

    /// <summary>How long a request waits before <see cref="OnFailure"/> applies. Default: 2 s; from 0 to 60 s.</summary>
    public TimeSpan FailureWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many bytes of one body are kept. Default: 16 MB; from 0 to 256 MB.</summary>
    public long MaxBody { get; init; } = 16L << 20;

    /// <summary>The absolute path of the spool's folder; null: the data folder. Default: null.</summary>
    public string? SpoolFolder { get; init; }

    /// <summary>How many bytes the spool may hold. Default: 1 GB; from 1 MB to 1 TB.</summary>
    public long SpoolMax { get; init; } = 1L << 30;

    /// <summary>Where the tokens of streams come from. Default: from what clients ask for; requests pass byte for byte.</summary>
    public AuditStreamUsage StreamUsage { get; init; } = AuditStreamUsage.Reported;

    /// <summary>Whether the words of requests and answers are indexed. Default: they are.</summary>
    public AuditSearchIndex SearchIndex { get; init; } = AuditSearchIndex.On;
}

/// <summary>What a record that is on file survives.</summary>
public enum AuditDurability
{
    /// <summary>A power cut: every commit reaches the disk.</summary>
    Full,

    /// <summary>The end of the process, but not a power cut.</summary>
    Process,
}

/// <summary>What happens to requests while the log cannot be written.</summary>
public enum AuditFailureAction
{
    /// <summary>They are served; their records wait in a spool and are written later.</summary>
    Continue,

    /// <summary>They are answered with 503 <c>log_unavailable</c> before anything is forwarded.</summary>
    Refuse,
}

/// <summary>Where the tokens of streams come from.</summary>
public enum AuditStreamUsage
{
    /// <summary>From what the provider reports by itself, or because the client asks.</summary>
    Reported,

    /// <summary>The router asks in the place of a client that does not, and keeps the answer to that from it.</summary>
    Ask,
}

/// <summary>Whether the words of requests and answers are indexed.</summary>
public enum AuditSearchIndex
{
    /// <summary>They are, in a file of their own beside the database.</summary>
    On,

    /// <summary>They are not: who looks for something reads all bodies.</summary>
    Off,
}
