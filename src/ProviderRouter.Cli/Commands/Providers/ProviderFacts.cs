using ProviderRouter.Cli.Output;
using ProviderRouter.Providers;
using ProviderRouter.Settings;

namespace ProviderRouter.Cli.Commands.Providers;

/// <summary>All that is known of a provider, for people: a name and a value each.</summary>
internal static class ProviderFacts
{
    /// <summary>All of them, also those where nothing was said; then with what is in effect.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(Provider provider) =>
    [
        ("Type", provider.Type),
        ("Base URL", provider.BaseUrl),
        ("Key", provider.Key.Source == "none" ? "none; what the client sends is passed on" : provider.Key.Source),
        ("Key is sent as", $"{provider.Key.Header}: {provider.Key.Prefix}KEY"),
        ("Headers", Joined(provider.Headers, ": ")),
        ("Query", provider.Query ?? "-"),
        ("Default model", provider.DefaultModel ?? "-"),
        ("Aliases", Joined(provider.Aliases, " → ")),
        ("Idle timeout", Time(provider.IdleTimeout, "REQUEST_TIMEOUT of the server (default)")),
        ("Connect timeout", Time(provider.ConnectTimeout, "15s (default)")),
        ("Keep-alive", Time(provider.KeepAlive, "none (default)")),
        ("Retries", provider.Retries is { } retries ? $"{retries}" : "1 where there is a fallback, else 0 (default)"),
        ("Cancel", provider.Cancels ? "on" : "off"),
        ("Note", provider.Note ?? "-"),
    ];

    /// <summary>Prints all of a provider.</summary>
    public static void Show(Terminal terminal, Provider provider, ProviderPlace place)
    {
        var facts = new FactSheet();
        facts.Add("Name", new Phrase(provider.Name, Tone.Strong));
        facts.Add("State", State(provider, place));
        foreach (var (name, value) in Of(provider))
        {
            facts.Add(name, value);
        }

        facts.Add("Written by", provider.Origin switch
        {
            ProviderOrigin.BuiltIn => "the program",
            ProviderOrigin.Environment => "the environment, when a server started",
            _ => "a person; the environment leaves it alone",
        });
        terminal.Write(facts);
    }

    private static Phrase State(Provider provider, ProviderPlace place)
    {
        var isActive = provider.Name == place.Active;
        string?[] states =
        [
            isActive ? "active" : null,
            place.FallbackPlace(provider.Name) is { } number ? $"fallback {number}" : null,
            provider.Enabled ? (isActive ? null : "enabled") : "disabled",
        ];
        return new Phrase(string.Join(", ", states.OfType<string>()), isActive && !provider.Enabled ? Tone.Bad : isActive ? Tone.Good : Tone.Plain);
    }

    private static string Joined(IReadOnlyDictionary<string, string> map, string between) =>
        map.Count == 0 ? "-" : string.Join(", ", map.Select(pair => $"{pair.Key}{between}{pair.Value}"));

    private static string Time(TimeSpan? time, string otherwise) => time is { } value ? TimeLimit.Format(value) : otherwise;
}
