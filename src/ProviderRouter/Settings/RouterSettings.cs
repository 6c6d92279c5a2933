namespace ProviderRouter.Settings;

/// <summary>The settings in the database as values. Each has its default unless the database says otherwise.</summary>
public sealed record RouterSettings
{
    /// <summary>What is in effect while the database says nothing.</summary>
    public static RouterSettings Default { get; } = new();

    /// <summary>How the audit log is kept.</summary>
    public AuditSettings Audit { get; init; } = new();

    /// <summary>What leaves the audit log by itself.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>What happens when a provider fails that has others in its place.</summary>
    public FallbackSettings Fallback { get; init; } = new();

    /// <summary>Whom the server answers, and how much it takes.</summary>
    public HttpSettings Http { get; init; } = new();

    /// <summary>
    /// Reads stored texts by their keys; others are passed over. A text that is not allowed leaves its default in effect and is
    /// a problem: a sentence that says so, and what to do. Never throws.
    /// </summary>
    public static (RouterSettings Settings, IReadOnlyList<string> Problems) From(IReadOnlyDictionary<string, string> texts)
    {
        var settings = Default;
        var problems = new List<string>();
        foreach (var setting in SettingList.All)
        {
            if (!texts.TryGetValue(setting.Key, out var text))
            {
                continue;
            }

            if (setting.ApplyTo(settings, text) is { } changed)
            {
                settings = changed;
            }
            else
            {
                problems.Add(setting.StoredProblem(text)!);
            }
        }

        return (settings, problems);
    }
}
