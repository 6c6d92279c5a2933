namespace ProviderRouter.Settings;

/// <summary>All settings. Their defaults stand in <see cref="AuditSettings"/>, <see cref="RetentionSettings"/>,
/// <see cref="FallbackSettings"/> and <see cref="HttpSettings"/>.</summary>
public static class SettingList
{
    private const long MB = 1L << 20;
    private const long TB = 1L << 40;

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Audit("durability", "Records survive a power cut (full) or only the end of the process (process).",
            ValueForms.Choice(("full", AuditDurability.Full), ("process", AuditDurability.Process)),
            audit => audit.Durability, (audit, value) => audit with { Durability = value }),
        Audit("onFailure", "When the log fails: serve and spool (continue) or answer 503 (refuse).",
            ValueForms.Choice(("continue", AuditFailureAction.Continue), ("refuse", AuditFailureAction.Refuse)),
            audit => audit.OnFailure, (audit, value) => audit with { OnFailure = value }),
        Audit("failureWait", "How long a request waits for a failing log before audit.onFailure applies.",
            ValueForms.DurationUpTo(TimeSpan.FromSeconds(60), example: "2s"),
            audit => audit.FailureWait, (audit, value) => audit with { FailureWait = value }),
        Audit("maxBody", "How much of one body is kept.",
            ValueForms.Size("16MB", least: 0, most: 256 * MB),
            audit => audit.MaxBody, (audit, value) => audit with { MaxBody = value }),
        Audit("spoolFolder", "Where records wait for a failing log; empty: in the data folder.",
            FolderValue.Form,
            audit => audit.SpoolFolder, (audit, value) => audit with { SpoolFolder = value }),
        Audit("spoolMax", "How large the spool may grow.",
            ValueForms.Size("1GB", least: MB, most: TB),
            audit => audit.SpoolMax, (audit, value) => audit with { SpoolMax = value }),
        Audit("streamUsage", "Tokens of streams: as they come (reported), or asked for in the client's place (ask).",
            ValueForms.Choice(("reported", AuditStreamUsage.Reported), ("ask", AuditStreamUsage.Ask)),
            audit => audit.StreamUsage, (audit, value) => audit with { StreamUsage = value }),
        Audit("searchIndex", "Words of requests and answers are indexed (on), or a search reads them all (off).",
            ValueForms.Choice(("on", AuditSearchIndex.On), ("off", AuditSearchIndex.Off)),
            audit => audit.SearchIndex, (audit, value) => audit with { SearchIndex = value }),
        Retention("bodiesBefore", "Bodies older than this are removed; the rest of each record stays.",
            ValueForms.Age.OrOff(),
            retention => retention.BodiesBefore, (retention, value) => retention with { BodiesBefore = value }),
        Retention("recordsBefore", "Records older than this are removed, their bodies with them.",
            ValueForms.Age.OrOff(),
            retention => retention.RecordsBefore, (retention, value) => retention with { RecordsBefore = value }),
        Retention("maxSize", "When the database is larger, the oldest bodies go, then records.",
            ValueForms.Size("5GB", least: MB).OrOff(),
            retention => retention.MaxSize, (retention, value) => retention with { MaxSize = value }),
        Fallback("breakFor", "How long a provider that keeps failing is skipped before it is tried again.",
            ValueForms.DurationBetween(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), example: "15s"),
            fallback => fallback.BreakFor, (fallback, value) => fallback with { BreakFor = value }),
        Fallback("maxWait", "The longest wait before a provider is asked again.",
            ValueForms.DurationUpTo(TimeSpan.FromSeconds(60), example: "2s"),
            fallback => fallback.MaxWait, (fallback, value) => fallback with { MaxWait = value }),
        Http("allowedHosts", "Names, beside its own, under which clients reach the server.",
            NameLists.Hosts,
            http => http.AllowedHosts, (http, value) => http with { AllowedHosts = value }),
        Http("allowedOrigins", "Web pages of other origins that may use the server.",
            NameLists.Origins,
            http => http.AllowedOrigins, (http, value) => http with { AllowedOrigins = value }),
        Http("maxRequestBody", "How large a request's body may be.",
            ValueForms.Size("1GB", least: 1L << 10, most: TB),
            http => http.MaxRequestBody, (http, value) => http with { MaxRequestBody = value }),
    ];

    /// <summary>The setting of this key, whatever its case, or null.</summary>
    public static Setting? Find(string key) =>
        All.FirstOrDefault(setting => string.Equals(setting.Key, key.Trim(), StringComparison.OrdinalIgnoreCase));

    private static Setting<T> Audit<T>(
        string name, string description, ValueForm<T> form, Func<AuditSettings, T> get,
        Func<AuditSettings, T, AuditSettings> with) => new(
        $"audit.{name}", description, form,
        settings => get(settings.Audit), (settings, value) => settings with { Audit = with(settings.Audit, value) });

    private static Setting<T> Retention<T>(
        string name, string description, ValueForm<T> form, Func<RetentionSettings, T> get,
        Func<RetentionSettings, T, RetentionSettings> with) => new(
        $"retention.{name}", description, form,
        settings => get(settings.Retention), (settings, value) => settings with { Retention = with(settings.Retention, value) });

    private static Setting<T> Fallback<T>(
        string name, string description, ValueForm<T> form, Func<FallbackSettings, T> get,
        Func<FallbackSettings, T, FallbackSettings> with) => new(
        $"fallback.{name}", description, form,
        settings => get(settings.Fallback), (settings, value) => settings with { Fallback = with(settings.Fallback, value) });

    private static Setting<T> Http<T>(
        string name, string description, ValueForm<T> form, Func<HttpSettings, T> get,
        Func<HttpSettings, T, HttpSettings> with) => new(
        $"http.{name}", description, form,
        settings => get(settings.Http), (settings, value) => settings with { Http = with(settings.Http, value) });
}
