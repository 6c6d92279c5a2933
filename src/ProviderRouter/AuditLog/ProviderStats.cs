namespace ProviderRouter.AuditLog;

/// <summary>What the log says of one provider. Durations are milliseconds, from arrival to the end of the answer.</summary>
/// <param name="Provider">Its name; null for the requests that were sent to nobody.</param>
/// <param name="Count">Requests on record.</param>
/// <param name="Errors">Those whose outcome is anything but <c>ok</c>.</param>
/// <param name="AvgDurationMs">The mean of the requests with an answer on record; null when there are none.</param>
/// <param name="P50DurationMs">The median, by nearest rank.</param>
/// <param name="P95DurationMs">The 95th percentile, by nearest rank.</param>
public sealed record ProviderStats(
    string? Provider, long Count, long Errors, double? AvgDurationMs, double? P50DurationMs, double? P95DurationMs);
