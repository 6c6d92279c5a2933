using System.Text.Json;
using ProviderRouter.Cli.Output;
using ProviderRouter.Providers;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Config.Exchange;

/// <summary>Writes a document into the database. What it does not name stays as it is.</summary>
internal sealed class ConfigImport(ConfigurationStore store, ConfigDocument document)
{
    private readonly List<Provider> added = [];
    private readonly List<Provider> changed = [];
    private readonly List<string> warnings = [];

    /// <summary>What should be known of it.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Looks at all of it, and writes it where nothing is wrong; null, and every problem, when it cannot be written.</summary>
    public ConfigImportReport? Run(bool isDryRun, List<string> problems)
    {
        var here = store.Providers.List().ToDictionary(provider => provider.Name, StringComparer.Ordinal);
        foreach (var provider in document.Providers)
        {
            Compare(provider, here.GetValueOrDefault(provider.Name));
        }

        var names = new Dictionary<string, Provider>(here, StringComparer.Ordinal);
        added.Concat(changed).ToList().ForEach(provider => names[provider.Name] = provider);
        problems.AddRange(ConfigChoice.Check(document, store.Providers.FindActive().Name, names));
        if (problems.Count > 0)
        {
            return null;
        }

        var report = new ConfigImportReport(
            isDryRun, Names(added), Names(changed), [.. ChangedSettings().Select(setting => setting.Key)], document.ActiveProvider,
            document.Fallbacks, [.. document.Providers.Where(provider => LacksKey(provider, names)).Select(provider => provider.Name)]);
        if (!isDryRun)
        {
            Write();
        }

        return report;
    }

    private void Compare(ConfigProvider wanted, Provider? here)
    {
        var provider = wanted.ToProvider(here);
        if (here is null)
        {
            added.Add(provider);
            return;
        }

        if (Text(here) == Text(provider))
        {
            return;
        }

        changed.Add(provider);
        if (provider.Key.Sealed is not null && !Authority(here).Equals(Authority(provider), StringComparison.OrdinalIgnoreCase))
        {
            warnings.Add($"{provider.Name} is at another address: its stored key goes to {Authority(provider)} now. Is that right?");
        }
    }

    private IEnumerable<(string Key, string? Value)> ChangedSettings()
    {
        foreach (var (typed, text) in document.Settings)
        {
            var setting = SettingList.Find(typed)!;
            // What is the default is not stored: it moves with the program.
            var value = setting.Normalise(text) is { } normal && normal != setting.Default ? normal : null;
            if (store.Settings.Get(setting.Key) != value)
            {
                yield return (setting.Key, value);
            }
        }
    }

    private void Write()
    {
        added.ForEach(provider => store.Providers.Add(provider));
        changed.ForEach(provider => store.Providers.Update(provider));
        foreach (var (key, value) in ChangedSettings().ToList())
        {
            if (value is null)
            {
                store.Settings.Remove(key);
            }
            else
            {
                store.Settings.Set(key, value);
            }
        }

        if (document.ActiveProvider is { } active
            && (store.Providers.FindActive().Name != active || !store.Providers.ReadFallbacks().SequenceEqual(document.Fallbacks, StringComparer.Ordinal)))
        {
            store.Providers.SetActive(active, document.Fallbacks);
        }
    }

    /// <summary>True for one whose key was stored where the document was written, and that has none here.</summary>
    private static bool LacksKey(ConfigProvider provider, Dictionary<string, Provider> names) =>
        provider.KeySource == "stored" && names[provider.Name].Key.Source == "none";

    private static IReadOnlyList<string> Names(IEnumerable<Provider> providers) => [.. providers.Select(provider => provider.Name)];

    private static string Authority(Provider provider) => Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.Authority}" : "";

    private static string Text(Provider provider) => JsonSerializer.Serialize(ConfigProvider.Of(provider), CliJson.Readable.ConfigProvider);
}
