using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Commands.Config.Exchange;

/// <summary>All that people configure, but for keys, as <c>config export</c> writes it and <c>config import</c> reads it.</summary>
/// <param name="ActiveProvider">Null: it stays who it is.</param>
/// <param name="Fallbacks">Who answers when it fails, in order.</param>
/// <param name="Settings">The settings and their values, as <c>config list</c> shows them.</param>
/// <param name="Providers">In the order in which they are listed.</param>
internal sealed record ConfigDocument(
    string Format, int Version, string? ActiveProvider, IReadOnlyList<string> Fallbacks, IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<ConfigProvider> Providers)
{
    /// <summary>What tells it from other JSON.</summary>
    public const string FormatName = "provider-router-config";

    /// <summary>The version that this program writes, and the latest that it reads.</summary>
    public const int LatestVersion = 1;
}

/// <summary>One provider in a <see cref="ConfigDocument"/>.</summary>
/// <param name="KeySource"><c>stored</c>, <c>$NAME</c> or <c>none</c>, where it was exported: to know which keys are to be stored anew.</param>
internal sealed record ConfigProvider(
    string Name, string Type, string BaseUrl, bool Enabled, string KeySource, string? KeyVariable, string KeyHeader, string KeyPrefix,
    IReadOnlyDictionary<string, string> Headers, string? Query, string? DefaultModel, IReadOnlyDictionary<string, string> Aliases,
    long? IdleTimeoutMs, long? ConnectTimeoutMs, long? KeepAliveMs, int? Retries, bool Cancels, string? Note)
{
    public static ConfigProvider Of(Provider provider) => new(
        provider.Name, provider.Type, provider.BaseUrl, provider.Enabled, provider.Key.Source, provider.Key.EnvironmentVariable,
        provider.Key.Header, provider.Key.Prefix, provider.Headers, provider.Query, provider.DefaultModel, provider.Aliases,
        Milliseconds(provider.IdleTimeout), Milliseconds(provider.ConnectTimeout), Milliseconds(provider.KeepAlive), provider.Retries,
        provider.Cancels, provider.Note);

    /// <summary>The provider, with the key that is stored here, which no document touches.</summary>
    /// <param name="here">The one of its name that is there already, or null.</param>
    public Provider ToProvider(Provider? here) => ProviderRules.Normalise(new Provider
    {
        Name = Name,
        Type = Type,
        BaseUrl = BaseUrl,
        Enabled = Enabled,
        Key = new ProviderKey(
            here?.Key.Sealed is not null ? null : KeySource == "stored" ? here?.Key.EnvironmentVariable : KeyVariable, KeyHeader, KeyPrefix)
        {
            Sealed = here?.Key.Sealed,
        },
        Headers = Headers,
        Query = Query,
        DefaultModel = DefaultModel,
        Aliases = Aliases,
        IdleTimeout = Time(IdleTimeoutMs),
        ConnectTimeout = Time(ConnectTimeoutMs),
        KeepAlive = Time(KeepAliveMs),
        Retries = Retries,
        Cancels = Cancels,
        Note = Note,
        Origin = ProviderOrigin.Edited,
    });

    private static long? Milliseconds(TimeSpan? time) => time is { } value ? (long)value.TotalMilliseconds : null;

    /// <summary>What is beyond all that is allowed stays beyond it, and a time nevertheless.</summary>
    private static TimeSpan? Time(long? milliseconds) =>
        milliseconds is { } value ? TimeSpan.FromMilliseconds(Math.Clamp(value, -1, (long)TimeSpan.FromDays(1000).TotalMilliseconds)) : null;
}
