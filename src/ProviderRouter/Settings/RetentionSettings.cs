namespace ProviderRouter.Settings;

/// <summary>What leaves the audit log by itself: the settings <c>retention.*</c>. Default: nothing ever does.</summary>
public sealed record RetentionSettings
{
    /// <summary>Bodies older than this are removed, rows and digests stay; null: off. From 1 minute to 100 years.</summary>
    public TimeSpan? BodiesBefore { get; init; }

    /// <summary>Records older than this are removed, their bodies with them; null: off. From 1 minute to 100 years.</summary>
    public TimeSpan? RecordsBefore { get; init; }

    /// <summary>Above this many bytes of database the oldest bodies go, then records; null: off. At least 1 MB.</summary>
    public long? MaxSize { get; init; }
}
