using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Import;

/// <summary>What becomes of each variable of a <c>.env</c> file.</summary>
internal sealed class ImportPlan(ProviderStore store, KeyVault vault, RouterEnvironment environment)
{
    private static readonly string[] WithTimeout = ["lm-studio", "qwen-proxy", "qwen-direct"];

    private readonly Dictionary<string, Provider> changed = new(StringComparer.Ordinal);
    private readonly List<ImportedVariable> variables = [];
    private string? active;
    private string? key;

    /// <summary>Every value that cannot be taken over; none of them is repeated. While there is one, nothing is written.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>What becomes of each.</summary>
    public IReadOnlyList<ImportedVariable> Variables => variables;

    /// <summary>True when a key is among them.</summary>
    public bool HasKey => key is not null;

    /// <summary>Looks at all variables, and writes what they say where nothing is wrong with any.</summary>
    /// <returns>True when it was written.</returns>
    public bool Run(IReadOnlyList<KeyValuePair<string, string>> all, bool isDryRun)
    {
        // Of one that is there twice the last counts, as everywhere.
        foreach (var (name, value) in all.GroupBy(variable => variable.Key, StringComparer.Ordinal).Select(group => group.Last()))
        {
            Take(name, value.Trim());
        }

        if (Problems.Count > 0 || isDryRun)
        {
            return false;
        }

        foreach (var provider in changed.Values)
        {
            store.Update(provider.Name == "qwen-direct" && key is not null
                ? provider with { Key = provider.Key with { EnvironmentVariable = null, Sealed = vault.Seal(key) } } : provider);
        }

        if (active is not null)
        {
            store.SetActive(active, []);
        }

        return true;
    }

    private void Take(string name, string value)
    {
        var effect = value.Length == 0 && IsKnown(name) ? (false, "empty, left alone") : name switch
        {
            "PORT" or "HOST" or "LOG_LEVEL" => (false, Stays(name, value)),
            "DEFAULT_PROVIDER" => Active(value),
            "LM_STUDIO_BASE_URL" => Address(name, "lm-studio", value, below: ""),
            "LM_STUDIO_DEFAULT_MODEL" => Change(name, "lm-studio", provider => provider with { DefaultModel = value }, $"default model {KeyLike.Show(value)}"),
            "QWEN_PROXY_BASE_URL" => Address(name, "qwen-proxy", value, below: "/v1"),
            "QWEN_BASE_URL" => Address(name, "qwen-direct", value, below: ""),
            "QWEN_API_KEY" => Key(name, value),
            "REQUEST_TIMEOUT" => Timeout(name, value),
            _ => (false, "not known here, left alone"),
        };
        variables.Add(new ImportedVariable(KeyLike.Show(name), effect.Item1, effect.Item2));
    }

    private static bool IsKnown(string name) => name is "PORT" or "HOST" or "LOG_LEVEL" or "DEFAULT_PROVIDER" or "REQUEST_TIMEOUT"
        || name.StartsWith("LM_STUDIO_", StringComparison.Ordinal) || name.StartsWith("QWEN_", StringComparison.Ordinal);

    private static string Stays(string name, string value) =>
        name == "LOG_LEVEL" ? $"stays the server's own: start it with LOG_LEVEL={KeyLike.Show(value)}"
        : $"stays the server's own: provider-router --{name.ToLowerInvariant()} {KeyLike.Show(value)}"
        + (name == "HOST" && value is not ("localhost" or "127.0.0.1" or "::1") ? "; whoever reaches it there can use your keys" : "");

    private (bool Taken, string Effect) Active(string value)
    {
        var known = new KnownProviders(store.List());
        var provider = known.Find(value);
        if (provider is not { Enabled: true })
        {
            Problems.Add($"DEFAULT_PROVIDER: {(provider is null ? known.Unknown(value) : $"{provider.Name} is disabled.")}");
            return (false, "");
        }

        var now = ActiveChoice.Read(store, environment).Active;
        if (now == new ActiveProvider(provider.Name, ActiveProviderSource.Database))
        {
            return (true, $"active provider: {provider.Name}, as before");
        }

        active = provider.Name;
        var fallbacks = store.ReadFallbacks();
        return (true, $"active provider: {provider.Name}" + (fallbacks.Count > 0 ? $"; nobody answers in its place any more, before: {string.Join(", ", fallbacks)}" : ""));
    }

    private (bool Taken, string Effect) Address(string variable, string name, string value, string below)
    {
        var url = BaseUrl.Normalise(value);
        url = url.EndsWith(below, StringComparison.Ordinal) ? url : url + below;
        return Change(variable, name, provider => provider with { BaseUrl = url }, $"base URL {url}");
    }

    private (bool Taken, string Effect) Key(string variable, string value)
    {
        if (KeyRules.KeyProblem(value) is { } problem)
        {
            Problems.Add($"{variable}: {problem}");
            return (false, "");
        }

        key = value;
        return Change(variable, "qwen-direct", provider => provider, "its key is stored, encrypted");
    }

    private (bool Taken, string Effect) Timeout(string variable, string value)
    {
        if (!long.TryParse(value, out var ms) || ms < 0 || ms > (long)ProviderRules.LongestIdle.TotalMilliseconds)
        {
            Problems.Add($"{variable} must be milliseconds, a whole number from 0 to {ProviderRules.LongestIdle.TotalMilliseconds}.");
            return (false, "");
        }

        // 0 stood for no limit.
        var time = ms == 0 ? ProviderRules.LongestIdle : TimeSpan.FromMilliseconds(ms);
        var known = new KnownProviders(store.List());
        var names = WithTimeout.Where(name => known.Find(name) is not null).ToList();
        foreach (var name in names)
        {
            Change(variable, name, provider => provider with { IdleTimeout = time }, "");
        }

        return (names.Count > 0, $"idle timeout of {string.Join(", ", names)}: {TimeLimit.Format(time)}");
    }

    private (bool Taken, string Effect) Change(string variable, string name, Func<Provider, Provider> change, string effect)
    {
        if ((changed.GetValueOrDefault(name) ?? store.Find(name)) is not { } provider)
        {
            Problems.Add($"{variable} is of {name}, which was removed. Add it first: provider-cli provider add {name} --base-url URL");
            return (false, "");
        }

        var after = ProviderRules.Normalise(change(provider));
        var problems = ProviderRules.Check(after);
        Problems.AddRange(problems.Select(problem => $"{variable}: {problem}"));
        if (problems.Count == 0)
        {
            changed[name] = after;
        }

        return (true, $"{name}: {effect}");
    }
}
