using ProviderRouter.Access;
using ProviderRouter.Providers;
using ProviderRouter.Settings;

namespace ProviderRouter.Gateway.Admin;

/// <summary>A provider as the admin API tells it: all but its key, of which only where it comes from.</summary>
/// <param name="Fallback">Its place among those that answer when the active provider fails, from 1; or null.</param>
/// <param name="KeySource"><c>stored</c>, <c>$NAME</c> or <c>none</c>.</param>
/// <param name="KeyMissing">True when the variable that should hold its key is not set where the server runs.</param>
/// <param name="Origin"><c>built-in</c>, <c>environment</c> or <c>edited</c>.</param>
internal sealed record ProviderView(
    string Name, string Type, string BaseUrl, bool Active, bool Enabled, int? Fallback, string KeySource, bool KeyMissing, string? KeyVariable,
    string KeyHeader, string KeyPrefix, IReadOnlyDictionary<string, string> Headers, string? Query, string? DefaultModel,
    IReadOnlyDictionary<string, string> Aliases, double? IdleTimeoutMs, double? ConnectTimeoutMs, double? KeepAliveMs, int? Retries,
    bool Cancels, string? Note, string Origin)
{
    public static ProviderView Of(Provider provider, ActiveView active, Configuration.RouterEnvironment environment) => new(
        provider.Name, provider.Type, provider.BaseUrl, provider.Name == active.Provider, provider.Enabled,
        active.Fallbacks.ToList().IndexOf(provider.Name) is >= 0 and var place ? place + 1 : null,
        provider.Key.Source, provider.Key.IsMissing(environment), provider.Key.EnvironmentVariable, provider.Key.Header, provider.Key.Prefix,
        provider.Headers, provider.Query, provider.DefaultModel, provider.Aliases, provider.IdleTimeout?.TotalMilliseconds,
        provider.ConnectTimeout?.TotalMilliseconds, provider.KeepAlive?.TotalMilliseconds, provider.Retries, provider.Cancels, provider.Note,
        provider.Origin switch { ProviderOrigin.BuiltIn => "built-in", ProviderOrigin.Environment => "environment", _ => "edited" });
}

/// <summary>Who answers.</summary>
/// <param name="Provider">The active provider's name, which need not be known.</param>
/// <param name="Source">Who says so: <c>database</c>, <c>environment</c> or <c>default</c>.</param>
/// <param name="Fallbacks">Who answers when it fails, in order.</param>
internal sealed record ActiveView(string Provider, string Source, IReadOnlyList<string> Fallbacks);

/// <summary>A provider to begin with.</summary>
/// <param name="KeyVariable">The variable that usually holds its key; null when it needs none.</param>
/// <param name="UrlExample">What its base URL looks like where it has to be given; else null.</param>
internal sealed record PresetView(string Name, string Title, string BaseUrl, bool NeedsKey, string? KeyVariable, bool NeedsUrl, string? UrlExample)
{
    public static PresetView Of(ProviderPreset preset) => new(
        preset.Name, preset.Title, preset.Template.BaseUrl, preset.NeedsKey, preset.KeyVariable, preset.NeedsUrl, preset.UrlExample);
}

/// <summary>A setting.</summary>
/// <param name="Value">What is in effect.</param>
/// <param name="Allowed">What it may be, in words.</param>
/// <param name="Problem">That something else is stored which is not allowed, or null.</param>
internal sealed record SettingView(string Key, string Value, string Default, bool Changed, string Description, string Allowed, string? Problem)
{
    public static SettingView Of(Setting setting, RouterSettings settings, string? stored)
    {
        var value = setting.TextIn(settings);
        return new(
            setting.Key, value, setting.Default, value != setting.Default, setting.Description, setting.Allowed,
            stored is null ? null : setting.StoredProblem(stored));
    }
}

/// <summary>A key that clients show; never the key itself.</summary>
/// <param name="Kind"><c>client</c> or <c>admin</c>.</param>
/// <param name="State"><c>valid</c>, <c>expired</c> or <c>revoked</c>.</param>
internal sealed record KeyView(string Name, string Kind, string State, DateTime CreatedAt, DateTime? ExpiresAt, DateTime? RevokedAt)
{
    public static KeyView Of(ClientKey key, DateTimeOffset now) => new(
        key.Name, key.Kind.Word(), key.StateAt(now).Word(), key.CreatedAt.UtcDateTime, key.ExpiresAt?.UtcDateTime, key.RevokedAt?.UtcDateTime);
}

/// <summary>A key that was just made.</summary>
/// <param name="Key">The key itself, told this once.</param>
internal sealed record NewKeyView(string Name, string Kind, string Key, DateTime CreatedAt, DateTime? ExpiresAt);

/// <summary>How the server does.</summary>
/// <param name="AsksForKeys">True when clients must show a key.</param>
/// <param name="Breakers">Providers that are passed over for a while, having failed.</param>
internal sealed record StatusView(
    string Version, ActiveView Active, bool AsksForKeys, string Database, IReadOnlyList<BreakerView> Breakers, LogView Log);

/// <summary>A provider that is passed over.</summary>
internal sealed record BreakerView(string Provider, string State);

/// <summary>How the log does, as <c>/health</c> tells it.</summary>
internal sealed record LogView(
    string State, string? Reason, DateTime? Since, long RowsWritten, long RowsWaiting, long RowsSpooled, long BytesSpooled, long RowsLost,
    long RowsRefused);
