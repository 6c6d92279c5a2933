using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Providers;
using ProviderRouter.Settings;

namespace ProviderRouter.Gateway.Dashboard.Pages.Providers;

/// <summary>What stands in the fields of a provider's form, as text. A key never does.</summary>
public sealed class ProviderFields
{
    internal const string KeySource = "keySource";
    internal const string FromNowhere = "none";
    internal const string FromVariable = "variable";
    internal const string Stored = "stored";

    private static readonly string[] Names =
    [
        "name", "type", "baseUrl", KeySource, "keyVariable", "keyHeader", "keyPrefix", "headers", "query", "defaultModel", "aliases",
        "idleTimeout", "connectTimeout", "keepAlive", "retries", "cancels", "note",
    ];

    private readonly Dictionary<string, string> values;

    private ProviderFields(Dictionary<string, string> values) => this.values = values;

    /// <summary>The text of a field; empty where there is none.</summary>
    public string this[string name] => values.GetValueOrDefault(name, "");

    /// <summary>Tells whether a provider was changed since it was shown.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', Names.Select(name => this[name])))))[..16];

    /// <summary>A provider as it is.</summary>
    internal static ProviderFields Of(Provider provider) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["name"] = provider.Name,
        ["type"] = provider.Type,
        ["baseUrl"] = provider.BaseUrl,
        [KeySource] = provider.Key.Sealed is not null ? Stored : provider.Key.EnvironmentVariable is not null ? FromVariable : FromNowhere,
        ["keyVariable"] = provider.Key.EnvironmentVariable ?? "",
        ["keyHeader"] = provider.Key.Header,
        ["keyPrefix"] = provider.Key.Prefix.TrimEnd(),
        ["headers"] = Lines(provider.Headers, ": "),
        ["query"] = provider.Query ?? "",
        ["defaultModel"] = provider.DefaultModel ?? "",
        ["aliases"] = Lines(provider.Aliases, " = "),
        ["idleTimeout"] = Time(provider.IdleTimeout),
        ["connectTimeout"] = Time(provider.ConnectTimeout),
        ["keepAlive"] = Time(provider.KeepAlive),
        ["retries"] = provider.Retries?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        ["cancels"] = provider.Cancels ? "on" : "",
        ["note"] = provider.Note ?? "",
    });

    /// <summary>The same, with another text in one field.</summary>
    internal ProviderFields With(string name, string text) => new(new(values, StringComparer.Ordinal) { [name] = text });

    /// <summary>What was typed, to be mended: without what may be a key that was put into a field for something else.</summary>
    internal static ProviderFields Typed(IFormCollection form) => new(Names.ToDictionary(name => name, name => Shown(name, form[name].ToString()), StringComparer.Ordinal));

    private static string Shown(string name, string typed) => name switch
    {
        "headers" => string.Join('\n', typed.Split('\n').Where(line => !KeyLike.IsIn(line) && !SecretName.Is(line.Split(':')[0]))),
        "query" => typed.Split('&').Any(pair => KeyLike.MayBeIn(pair) || SecretName.Is(pair.Split('=')[0])) ? "" : typed,
        "name" or "type" or "keyVariable" or "keyHeader" or "keyPrefix" => KeyLike.MayBeIn(typed) ? "" : typed,
        _ => KeyLike.IsIn(typed) ? "" : typed,
    };

    private static string Lines(IReadOnlyDictionary<string, string> map, string between) =>
        string.Join('\n', map.Select(pair => $"{pair.Key}{between}{pair.Value}"));

    private static string Time(TimeSpan? time) => time is { } value ? TimeLimit.Format(value) : "";
}
