namespace ProviderRouter.Providers;

/// <summary>Who answers, in order, when the active provider fails.</summary>
public static class Fallbacks
{
    /// <summary>The key of the setting in the database; its value is their names with commas between.</summary>
    public const string SettingKey = "fallbacks";

    /// <summary>The names in a setting's value; none for null.</summary>
    public static IReadOnlyList<string> Parse(string? value) =>
        [.. (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>The setting's value.</summary>
    public static string Format(IEnumerable<string> names) => string.Join(',', names);
}
