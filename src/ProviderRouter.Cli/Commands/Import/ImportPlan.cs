using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Import;

/// <summary>What becomes of each variable of a <c>.env</c> file.</summary>
internal sealed class ImportPlan(ProviderStore store, KeyVault vault, RouterEnvironment environment)
{
    private readonly ImportedChanges changes = new(store, vault, environment);
    private readonly List<ImportedVariable> variables = [];

    /// <summary>Every value that cannot be taken over; none of them is repeated. While there is one, nothing is written.</summary>
    public List<string> Problems => changes.Problems;

    /// <summary>What becomes of each.</summary>
    public IReadOnlyList<ImportedVariable> Variables => variables;

    /// <summary>True when a key is among them.</summary>
    public bool HasKey => changes.HasKey;

    /// <summary>Looks at all variables, and writes what they say where nothing is wrong with any.</summary>
    /// <returns>True when it was written.</returns>
    public bool Run(IReadOnlyList<KeyValuePair<string, string>> all, bool isDryRun)
    {
        // Of one that is there twice the last counts, as everywhere.
        foreach (var (name, value) in all.GroupBy(variable => variable.Key, StringComparer.Ordinal).Select(group => group.Last()))
        {
            variables.Add(Take(name, value.Trim()));
        }

        if (Problems.Count > 0 || isDryRun)
        {
            return false;
        }

        changes.Write();
        return true;
    }

    private ImportedVariable Take(string name, string value) => name switch
    {
        _ when value.Length == 0 => new(KeyLike.Show(name), Taken: false, "empty, left alone"),
        "PORT" or "HOST" => new(name, Taken: false, $"stays the server's own: provider-router --{name.ToLowerInvariant()} {KeyLike.Show(value)}{Warning(name, value)}"),
        "LOG_LEVEL" => new(name, Taken: false, $"stays the server's own: start it with LOG_LEVEL={KeyLike.Show(value)}"),
        "DEFAULT_PROVIDER" => Taken(name, changes.Active(name, value)),
        "LM_STUDIO_BASE_URL" => Taken(name, changes.Address(name, "lm-studio", value, below: "")),
        "LM_STUDIO_DEFAULT_MODEL" => Taken(name, changes.Model(name, "lm-studio", value)),
        "QWEN_PROXY_BASE_URL" => Taken(name, changes.Address(name, "qwen-proxy", value, below: "/v1")),
        "QWEN_BASE_URL" => Taken(name, changes.Address(name, ImportedChanges.Keyed, value, below: "")),
        "QWEN_API_KEY" => Taken(name, changes.Key(name, value)),
        "REQUEST_TIMEOUT" => Taken(name, changes.Timeout(name, value)),
        _ => new(KeyLike.Show(name), Taken: false, "not known here, left alone"),
    };

    private static ImportedVariable Taken(string name, string effect) => new(name, Taken: true, effect);

    private static string Warning(string name, string value) =>
        name == "HOST" && value is not ("localhost" or "127.0.0.1" or "::1") ? "; whoever reaches it there can use your keys" : "";
}
