using ProviderRouter.Configuration;

namespace ProviderRouter.Providers;

/// <summary>The providers that are there from the start, and the environment variables that move them.</summary>
public static class BuiltInProviders
{
    /// <summary>The provider that a new database names, and the default of <c>DEFAULT_PROVIDER</c>.</summary>
    public const string DefaultName = "lm-studio";

    private static readonly BuiltIn[] Table =
    [
        new(new Provider { Name = DefaultName, Type = "lm-studio", BaseUrl = "http://localhost:1234/v1" },
            BaseUrlVariable: "LM_STUDIO_BASE_URL", DefaultModelVariable: "LM_STUDIO_DEFAULT_MODEL"),
        // Its variable names the server; its API lies under /v1.
        new(new Provider { Name = "qwen-proxy", Type = "qwen-proxy", BaseUrl = "http://localhost:3000/v1" },
            BaseUrlVariable: "QWEN_PROXY_BASE_URL", PathBelowVariable: "/v1"),
        new(new Provider
            {
                Name = "qwen-direct",
                Type = "qwen-direct",
                BaseUrl = "https://dashscope.aliyuncs.com/compatible-mode/v1",
                Key = new ProviderKey("QWEN_API_KEY"),
            },
            BaseUrlVariable: "QWEN_BASE_URL"),
        new(new Provider { Name = "echo", Type = Provider.EchoType, BaseUrl = Provider.EchoUrl, DefaultModel = "echo" }),
    ];

    /// <summary>The built-in providers as they come, in the order in which they are listed.</summary>
    public static IReadOnlyList<Provider> All { get; } = [.. Table.Select(builtIn => builtIn.Provider)];

    /// <summary>
    /// What the environment says of built-in providers. Every variable with an address that cannot be used is named in the
    /// error, not only the first.
    /// </summary>
    /// <exception cref="SetUpException">An address is not an absolute http or https URL.</exception>
    public static IReadOnlyList<ProviderOverride> OverridesFrom(RouterEnvironment environment)
    {
        var overrides = new List<ProviderOverride>();
        var problems = new List<string>();
        foreach (var (provider, urlVariable, path, modelVariable) in Table)
        {
            var url = urlVariable is null ? null : environment[urlVariable];
            var model = modelVariable is null ? null : environment[modelVariable];
            if (url is not null && !BaseUrl.IsAllowed(url))
            {
                problems.Add($"{urlVariable} is not a base URL such as {provider.BaseUrl}"
                    + " (http or https; no user name, query or fragment).");
            }
            else if ((url ?? model) is not null)
            {
                overrides.Add(new ProviderOverride(provider.Name, url is null ? null : Under(url, path), model));
            }
        }

        return problems.Count == 0 ? overrides : throw new SetUpException(string.Join(' ', problems));
    }

    /// <summary>The built-in provider of this name, changed as the environment says, or null.</summary>
    public static Provider? Find(string name, IEnumerable<ProviderOverride> overrides)
    {
        var provider = All.FirstOrDefault(provider => provider.Name == name);
        var change = overrides.FirstOrDefault(change => change.Name == name);
        return provider is null || change is null ? provider : change.ApplyTo(provider);
    }

    private static string Under(string url, string path)
    {
        var trimmed = url.TrimEnd('/');
        return trimmed.EndsWith(path, StringComparison.Ordinal) ? trimmed : trimmed + path;
    }

    private sealed record BuiltIn(
        Provider Provider, string? BaseUrlVariable = null, string PathBelowVariable = "", string? DefaultModelVariable = null);
}
