namespace ProviderRouter.Tests.Dashboard;

/// <summary>Every page of the dashboard, by the name that its screenshots bear.</summary>
internal static class DashboardPages
{
    /// <summary>Those that are there whatever the log has.</summary>
    public static readonly IReadOnlyDictionary<string, string> Always = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["overview"] = "/ui",
        ["overview-month-models"] = "/ui?window=30d&by=model",
        ["switch"] = "/ui/switch/qwen-proxy",
        ["live"] = "/ui/live",
        ["search"] = "/ui/search",
        ["compare"] = "/ui/compare",
        ["stats"] = "/ui/stats",
        ["providers"] = "/ui/providers",
        ["presets"] = "/ui/providers/add",
        ["provider-add"] = "/ui/providers/add?preset=openai",
        ["provider"] = "/ui/providers/qwen-proxy",
        ["provider-remove"] = "/ui/providers/qwen-direct/remove",
        ["settings"] = "/ui/settings",
        ["not-found"] = "/ui/no-such-page",
    };

    /// <summary>Those of what a rich log has; <c>{markdown}</c> and its like stand for the id of the exchange of that name.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfRichLog = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["exchange-markdown"] = "/ui/exchanges/{markdown}",
        ["exchange-tools"] = "/ui/exchanges/{tools}",
        ["exchange-picture"] = "/ui/exchanges/{picture}",
        ["exchange-chinese"] = "/ui/exchanges/{chinese}",
        ["exchange-failed"] = "/ui/exchanges/{limited}",
        ["exchange-fallback"] = "/ui/exchanges/{fallback}",
        ["exchange-long"] = "/ui/exchanges/{long}",
        ["exchange-underway"] = "/ui/exchanges/{underway}",
        ["message"] = "/ui/exchanges/{markdown}/messages/1",
        ["comparison"] = "/ui/compare?a={markdown}&b={chinese}",
        ["search-found"] = "/ui/search?search=index",
    };

    public static TheoryData<string> AlwaysNames => [.. Always.Keys];

    public static TheoryData<string> Names => [.. Always.Keys.Concat(OfRichLog.Keys)];

    public static int Status(string name) => name == "not-found" ? 404 : 200;

    public static string PathOf(string name, Data.RichLog rich) =>
        rich.Ids.Aggregate(Always.GetValueOrDefault(name) ?? OfRichLog[name], (path, id) => path.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));
}
