using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Import;

/// <summary>What variables change in the database: each method takes one, and answers what it changes.</summary>
internal sealed class ImportedChanges(ProviderStore store, KeyVault vault, RouterEnvironment environment)
{
    /// <summary>The provider whose key is taken over.</summary>
    public const string Keyed = "qwen-direct";

    private static readonly string[] WithTimeout = ["lm-studio", "qwen-proxy", Keyed];

    private readonly KnownProviders known = new(store.List());
    private readonly Dictionary<string, Provider> changed = new(StringComparer.Ordinal);
    private string? active;
    private string? key;

    /// <summary>Every value that cannot be taken over; none of them is repeated.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>True when a key is among them.</summary>
    public bool HasKey => key is not null;

    public string Active(string variable, string value)
    {
        if (known.Find(value) is not { Enabled: true } provider)
        {
            Problems.Add($"{variable}: {(known.Find(value) is { } disabled ? $"{disabled.Name} is disabled." : known.Unknown(value))}");
            return "";
        }

        if (ActiveChoice.Read(store, environment).Active == new ActiveProvider(provider.Name, ActiveProviderSource.Database))
        {
            return $"active provider: {provider.Name}, as before";
        }

        active = provider.Name;
        var fallbacks = store.ReadFallbacks();
        return $"active provider: {provider.Name}"
            + (fallbacks.Count > 0 ? $"; nobody answers in its place any more, before: {string.Join(", ", fallbacks)}" : "");
    }

    /// <param name="below">What the reference adds to it itself.</param>
    public string Address(string variable, string name, string value, string below)
    {
        var url = BaseUrl.Normalise(value);
        url = url.EndsWith(below, StringComparison.Ordinal) ? url : url + below;
        return Change(variable, name, provider => provider with { BaseUrl = url }, $"base URL {url}");
    }

    public string Model(string variable, string name, string value) =>
        Change(variable, name, provider => provider with { DefaultModel = value }, $"default model {KeyLike.Show(value)}");

    public string Key(string variable, string value)
    {
        if (KeyRules.KeyProblem(value) is { } problem)
        {
            Problems.Add($"{variable}: {problem}");
            return "";
        }

        key = value;
        return Change(variable, Keyed, provider => provider, "its key is stored, encrypted");
    }

    public string Timeout(string variable, string value)
    {
        if (!long.TryParse(value, out var ms) || ms < 0 || ms > (long)ProviderRules.LongestIdle.TotalMilliseconds)
        {
            Problems.Add($"{variable} must be milliseconds, a whole number from 0 to {ProviderRules.LongestIdle.TotalMilliseconds}.");
            return "";
        }

        // 0 stood for no limit.
        var time = ms == 0 ? ProviderRules.LongestIdle : TimeSpan.FromMilliseconds(ms);
        var names = WithTimeout.Where(name => known.Find(name) is not null).ToList();
        names.ForEach(name => Change(variable, name, provider => provider with { IdleTimeout = time }, effect: ""));
        return names.Count == 0 ? "there is no provider here that it was for" : $"idle timeout of {string.Join(", ", names)}: {TimeLimit.Format(time)}";
    }

    /// <summary>Writes all of it.</summary>
    public void Write()
    {
        foreach (var provider in changed.Values)
        {
            store.Update(provider.Name == Keyed && key is not null
                ? provider with { Key = provider.Key with { EnvironmentVariable = null, Sealed = vault.Seal(key) } } : provider);
        }

        if (active is not null)
        {
            store.SetActive(active, []);
        }
    }

    private string Change(string variable, string name, Func<Provider, Provider> change, string effect)
    {
        if ((changed.GetValueOrDefault(name) ?? known.Find(name)) is not { } provider)
        {
            Problems.Add($"{variable} is of {name}, which was removed. Add it first: provider-cli provider add {name} --base-url URL");
            return "";
        }

        var after = ProviderRules.Normalise(change(provider));
        var problems = ProviderRules.Check(after);
        Problems.AddRange(problems.Select(problem => $"{variable}: {problem}"));
        if (problems.Count == 0)
        {
            changed[name] = after;
        }

        return $"{name}: {effect}";
    }
}
