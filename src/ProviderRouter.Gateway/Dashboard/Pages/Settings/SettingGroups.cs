using ProviderRouter.Gateway.Dashboard.Forms;
using ProviderRouter.Settings;

namespace ProviderRouter.Gateway.Dashboard.Pages.Settings;

/// <summary>The settings as people look for them.</summary>
internal static class SettingGroups
{
    /// <summary>All groups: how the keys of their settings begin, and what they are about.</summary>
    public static IReadOnlyList<(string Prefix, string Heading, string Words)> All { get; } =
    [
        ("retention.", "Retention", "Unless set here, nothing is ever removed from the log. Each removal is itself on record."),
        ("audit.", "Log", "How requests and answers are kept on record."),
        ("fallback.", "When a provider fails", "Fallbacks are chosen where you switch, on the overview."),
        ("http.", "HTTP", "Host names and web pages that may use the API under /v1, and how large requests may be. None of this gives access to the dashboard."),
    ];

    /// <summary>What people call them, by their keys.</summary>
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["audit.durability"] = "Durability",
        ["audit.onFailure"] = "When the log cannot be written",
        ["audit.failureWait"] = "Wait for a failing log",
        ["audit.maxBody"] = "Largest body kept",
        ["audit.spoolFolder"] = "Spool folder",
        ["audit.spoolMax"] = "Largest size of the spool",
        ["audit.streamUsage"] = "Tokens of streams",
        ["audit.searchIndex"] = "Search index",
        ["retention.bodiesBefore"] = "Remove bodies older than",
        ["retention.recordsBefore"] = "Remove requests older than",
        ["retention.maxSize"] = "Largest size of the log",
        ["fallback.breakFor"] = "Skip a failing provider for",
        ["fallback.maxWait"] = "Longest wait before a retry",
        ["http.allowedHosts"] = "Allowed host names",
        ["http.allowedOrigins"] = "Allowed web origins",
        ["http.maxRequestBody"] = "Largest request body",
    };

    /// <summary>What people call a setting, with its key.</summary>
    public static string NameOf(Setting setting) => $"{Labels[setting.Key]} ({setting.Key})";

    /// <summary>What is wrong, beside the label.</summary>
    public static string BesideLabel(Setting setting, string problem) =>
        problem.StartsWith($"{setting.Key} ", StringComparison.Ordinal) ? $"This{problem[setting.Key.Length..]}" : problem;

    /// <summary>A setting as the page shows it.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="settings">What is in effect.</param>
    /// <param name="stored">What is stored, be it allowed or not; null for nothing.</param>
    /// <param name="typed">What was typed and is wrong, or null.</param>
    /// <param name="problem">What is wrong with that, or null.</param>
    public static SettingRow RowOf(Setting setting, RouterSettings settings, string? stored, string? typed, string? problem)
    {
        var isChoice = setting.Words.Count > 1;
        var hint = $"{setting.Description} {(isChoice ? "" : $"It takes {Typed(setting.Allowed)}. ")}Default: {(setting.Default.Length == 0 ? "empty" : setting.Default)}.";
        var storedProblem = stored is null ? null : setting.StoredProblem(stored);
        return new(
            setting.Key,
            new FormField("value", Labels[setting.Key], typed ?? setting.TextIn(settings), hint, problem is null ? null : [BesideLabel(setting, problem)])
            {
                Key = setting.Key,
                Kind = isChoice ? FieldKind.Choice : FieldKind.Text,
                Choices = setting.Words,
                Prefix = $"{setting.Key}-",
            },
            stored is null || storedProblem is not null ? "the default" : "set here or with provider-cli", stored is not null, storedProblem);
    }

    /// <summary>What may be typed into a field, where nothing needs no quotation marks.</summary>
    private static string Typed(string allowed) => allowed.Replace(", or \"\"", ", or nothing", StringComparison.Ordinal);
}
