using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Commands.Providers;

/// <summary>One provider as <c>provider show --json</c> prints it. Of its key only where it comes from.</summary>
/// <param name="Fallback">Its place among those that answer when the active provider fails, from 1; or null.</param>
/// <param name="KeySource"><c>stored</c>, <c>$NAME</c> or <c>none</c>.</param>
/// <param name="IdleTimeoutMs">Null: the server's own, as the next three.</param>
/// <param name="Origin"><c>built-in</c>, <c>environment</c> or <c>edited</c>.</param>
internal sealed record ProviderReport(
    string Name, string Type, string BaseUrl, bool Active, bool Enabled, int? Fallback, string KeySource, string? KeyVariable,
    string KeyHeader, string KeyPrefix, IReadOnlyDictionary<string, string> Headers, string? Query, string? DefaultModel,
    IReadOnlyDictionary<string, string> Aliases, long? IdleTimeoutMs, long? ConnectTimeoutMs, long? KeepAliveMs, int? Retries,
    bool Cancels, string? Note, string Origin)
{
    public static ProviderReport Of(Provider provider, ProviderPlace place) => new(
        provider.Name, provider.Type, provider.BaseUrl, provider.Name == place.Active, provider.Enabled,
        place.FallbackPlace(provider.Name), provider.Key.Source, provider.Key.EnvironmentVariable, provider.Key.Header,
        provider.Key.Prefix, provider.Headers, provider.Query, provider.DefaultModel, provider.Aliases,
        Milliseconds(provider.IdleTimeout), Milliseconds(provider.ConnectTimeout), Milliseconds(provider.KeepAlive),
        provider.Retries, provider.Cancels, provider.Note, NameOf(provider.Origin));

    private static long? Milliseconds(TimeSpan? time) => time is { } value ? (long)value.TotalMilliseconds : null;

    private static string NameOf(ProviderOrigin origin) => origin switch
    {
        ProviderOrigin.BuiltIn => "built-in",
        ProviderOrigin.Environment => "environment",
        _ => "edited",
    };
}
