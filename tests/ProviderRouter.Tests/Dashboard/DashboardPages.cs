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
        ["stats"] = "/ui/stats",
        ["providers"] = "/ui/providers",
        ["provider-add"] = "/ui/providers/add",
        ["provider"] = "/ui/providers/qwen-proxy",
        ["settings"] = "/ui/settings",
        ["not-found"] = "/ui/no-such-page",
    };

    /// <summary>Those of what a rich log has; <c>{markdown}</c> and its like stand for an exchange's id.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfRichLog = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["exchange-markdown"] = "/ui/exchanges/{markdown}",
        ["exchange-tools"] = "/ui/exchanges/{tools}",
        ["exchange-picture"] = "/ui/exchanges/{picture}",
        ["exchange-failed"] = "/ui/exchanges/{failed}",
        ["search-found"] = "/ui/search?q=index",
    };

    public static TheoryData<string> AlwaysNames => [.. Always.Keys];

    public static TheoryData<string> Names => [.. Always.Keys.Concat(OfRichLog.Keys)];

    public static int Status(string name) => name == "not-found" ? 404 : 200;

    public static string PathOf(string name, Data.RichLog rich) => (Always.GetValueOrDefault(name) ?? OfRichLog[name])
        .Replace("{markdown}", rich.WithMarkdown, StringComparison.Ordinal).Replace("{tools}", rich.WithTools, StringComparison.Ordinal)
        .Replace("{picture}", rich.WithPicture, StringComparison.Ordinal).Replace("{failed}", rich.Failed, StringComparison.Ordinal);
}
