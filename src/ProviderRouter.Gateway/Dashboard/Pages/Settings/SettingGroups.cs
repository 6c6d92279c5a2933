using ProviderRouter.Gateway.Dashboard.Forms;
using ProviderRouter.Settings;

namespace ProviderRouter.Gateway.Dashboard.Pages.Settings;

/// <summary>The settings as people look for them.</summary>
internal static class SettingGroups
{
    /// <summary>All groups: how the keys of their settings begin, and what they are about.</summary>
    public static IReadOnlyList<(string Prefix, string Heading, string Words)> All { get; } =
    [
        ("retention.", "What leaves the log", "By itself, nothing ever does. What is removed leaves a trace of its removal."),
        ("fallback.", "When a provider fails", "Another one may answer in its place; choose it where you switch."),
        ("http.", "Who may use the router from a browser", "The names that it has in a network, and the web pages that may ask it. None of them opens these pages here."),
        ("audit.", "What the log keeps", "Each request and each answer is on record."),
    ];

    /// <summary>What people call them, by their keys.</summary>
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["audit.durability"] = "What records survive",
        ["audit.onFailure"] = "When the log cannot be written",
        ["audit.failureWait"] = "Wait for a log that fails",
        ["audit.maxBody"] = "Most that is kept of one body",
        ["audit.spoolFolder"] = "Where records wait meanwhile",
        ["audit.spoolMax"] = "Most that waits there",
        ["audit.streamUsage"] = "Token counts of streams",
        ["audit.searchIndex"] = "Index for searches",
        ["retention.bodiesBefore"] = "Remove texts older than",
        ["retention.recordsBefore"] = "Remove requests older than",
        ["retention.maxSize"] = "Largest size of the log",
        ["fallback.breakFor"] = "Leave a failing provider alone for",
        ["fallback.maxWait"] = "Longest wait before asking it again",
        ["http.allowedHosts"] = "Other names of this machine",
        ["http.allowedOrigins"] = "Web pages that may ask",
        ["http.maxRequestBody"] = "Largest request",
    };

    /// <summary>A setting as the page shows it.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="settings">What is in effect.</param>
    /// <param name="stored">What is stored, be it allowed or not; null for nothing.</param>
    /// <param name="typed">What was typed and is wrong, or null.</param>
    /// <param name="problem">What is wrong with that, or null.</param>
    public static SettingRow RowOf(Setting setting, RouterSettings settings, string? stored, string? typed, string? problem)
    {
        var isChoice = setting.Words.Count > 1;
        var hint = $"{setting.Description} {(isChoice ? "" : $"It takes {setting.Allowed}. ")}Default: {(setting.Default.Length == 0 ? "empty" : setting.Default)}.";
        var storedProblem = stored is null ? null : setting.StoredProblem(stored);
        return new(
            setting.Key,
            new FormField("value", Labels[setting.Key], typed ?? setting.TextIn(settings), hint, problem is null ? null : [problem])
            {
                Key = setting.Key,
                Kind = isChoice ? FieldKind.Choice : FieldKind.Text,
                Choices = setting.Words,
                Prefix = $"{setting.Key}-",
            },
            stored is null || storedProblem is not null ? "default" : "set here or with provider-cli", stored is not null, storedProblem);
    }
}
