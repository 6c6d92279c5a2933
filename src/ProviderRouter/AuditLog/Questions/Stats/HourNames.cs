namespace ProviderRouter.AuditLog.Questions.Stats;

/// <summary>How hours are called in a table: without the zone, which is this machine's, but for those that come twice as clocks are put back.</summary>
/// <param name="groups">Groups by hour.</param>
public sealed class HourNames(IReadOnlyList<StatsFigures> groups)
{
    private readonly HashSet<string> twice = [.. groups.CountBy(group => Short(group.Key!)).Where(pair => pair.Value > 1).Select(pair => pair.Key)];

    /// <summary>Date and hour, and the distance from UTC where it is needed.</summary>
    public string Of(string key) => twice.Contains(Short(key)) ? $"{Short(key)} {key[19..]}" : Short(key);

    private static string Short(string key) => $"{key[..10]} {key[11..16]}";
}
