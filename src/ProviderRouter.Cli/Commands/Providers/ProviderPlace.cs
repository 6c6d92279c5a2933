using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Providers;

/// <summary>Who is active, and who answers in its place.</summary>
/// <param name="Active">The active provider's name, which need not be known.</param>
/// <param name="Fallbacks">The names of those that answer when it fails, in order.</param>
internal sealed record ProviderPlace(string Active, IReadOnlyList<string> Fallbacks)
{
    public static ProviderPlace Read(ProviderStore store, RouterEnvironment environment) =>
        new(ActiveChoice.Read(store, environment).Active.Name, store.ReadFallbacks());

    /// <summary>The place of this provider among the fallbacks, from 1; null when it is none.</summary>
    public int? FallbackPlace(string name) => Fallbacks.ToList().IndexOf(name) is >= 0 and var index ? index + 1 : null;

    /// <summary>How to choose the active provider with other fallbacks than this one.</summary>
    public string SetWithout(string name) => Fallbacks.Where(fallback => fallback != name).ToList() is { Count: > 0 } others
        ? $"provider-cli set {Active} --fallback {string.Join(',', others)}" : $"provider-cli set {Active} --no-fallback";
}
