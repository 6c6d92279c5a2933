using System.Text.Json;
using ProviderRouter.Providers;
using ProviderRouter.Settings;

namespace ProviderRouter.Cli.Commands.Config.Exchange;

/// <summary>Reads a <see cref="ConfigDocument"/>, and says all that is wrong with it.</summary>
internal static class ConfigReader
{
    private const int MostProviders = 1000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The document as far as it can be read; null when it is none at all.</summary>
    public static ConfigDocument? Read(string text, List<string> problems)
    {
        try
        {
            using var json = JsonDocument.Parse(text, Strict);
            return Read(json.RootElement, problems);
        }
        catch (JsonException error)
        {
            // Its message would repeat what stands there.
            problems.Add(error.LineNumber is { } line ? $"It is no JSON: see line {line + 1}." : "It is no JSON, or a name is there twice.");
            return null;
        }
    }

    private static ConfigDocument? Read(JsonElement root, List<string> problems)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add("It is JSON, but not a configuration, which is an object.");
            return null;
        }

        var fields = new JsonFields(root, path: "", problems);
        if (fields.Text("format") != ConfigDocument.FormatName)
        {
            problems.Clear();
            problems.Add($"It is no configuration of this program: its format is not {ConfigDocument.FormatName}.");
            return null;
        }

        if (fields.Number("version") is not (>= 1 and var version))
        {
            problems.Clear();
            problems.Add("version must be a whole number from 1.");
            return null;
        }

        if (version > ConfigDocument.LatestVersion)
        {
            problems.Add($"It has version {version}, and this program reads up to {ConfigDocument.LatestVersion}. Update the program.");
            return null;
        }

        var document = new ConfigDocument(
            ConfigDocument.FormatName, (int)version, fields.Text("activeProvider"), fields.Texts("fallbacks"), fields.Map("settings"),
            ReadProviders(fields.Items("providers"), problems));
        fields.RefuseOthers();
        problems.AddRange(document.Settings.SelectMany(setting => Check(setting.Key, setting.Value)));
        return document;
    }

    private static List<ConfigProvider> ReadProviders(IReadOnlyList<JsonElement> items, List<string> problems)
    {
        if (items.Count > MostProviders)
        {
            problems.Add($"There are {items.Count} providers, more than {MostProviders}.");
            return [];
        }

        var providers = items.Select((item, index) => ReadProvider(item, $"providers[{index}]", problems)).OfType<ConfigProvider>().ToList();
        foreach (var twice in providers.GroupBy(provider => provider.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Add($"The provider {KeyLike.Quote(twice.Key)} is there more than once.");
        }

        return providers;
    }

    private static ConfigProvider? ReadProvider(JsonElement item, string path, List<string> problems)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{path} must be an object.");
            return null;
        }

        var before = problems.Count;
        var fields = new JsonFields(item, path, problems);
        var provider = new ConfigProvider(
            fields.RequiredText("name"), fields.Text("type") ?? "openai-compatible", fields.RequiredText("baseUrl"),
            fields.Flag("enabled", otherwise: true), fields.Text("keySource") ?? "none", fields.Text("keyVariable"),
            fields.Text("keyHeader") ?? ProviderKey.None.Header, fields.Text("keyPrefix") ?? ProviderKey.None.Prefix, fields.Map("headers"),
            fields.Text("query"), fields.Text("defaultModel"), fields.Map("aliases"), fields.Number("idleTimeoutMs"),
            fields.Number("connectTimeoutMs"), fields.Number("keepAliveMs"),
            fields.Number("retries") is { } retries ? (int)Math.Clamp(retries, -1, int.MaxValue) : null,
            fields.Flag("cancels", otherwise: true), fields.Text("note"));
        fields.RefuseOthers();
        if (problems.Count == before)
        {
            problems.AddRange(ProviderRules.Check(provider.ToProvider(here: null)).Select(problem => $"{path}: {problem}"));
        }

        return provider;
    }

    private static IEnumerable<string> Check(string key, string value)
    {
        if (SettingList.Find(key) is not { } setting)
        {
            yield return $"settings: {KnownSettings.Unknown(key)}";
        }
        else if (setting.Normalise(value) is null)
        {
            yield return $"settings: {setting.Refusal(value)}";
        }
        else if (setting.ProblemHere(value) is { } problem)
        {
            yield return $"settings: {setting.Key}: {problem}";
        }
    }
}
