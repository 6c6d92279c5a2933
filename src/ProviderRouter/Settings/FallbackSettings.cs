namespace ProviderRouter.Settings;

/// <summary>What happens when a provider fails that has others in its place: the settings <c>fallback.*</c>.</summary>
public sealed record FallbackSettings
{
    /// <summary>
    /// How long a provider that keeps failing is skipped before it is tried again. Default: 15 s; from 1 s to 1 hour.
    /// </summary>
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The longest wait before a provider is asked again; one that asks for a longer one (<c>Retry-After</c>) is left to rest, and
    /// the next is asked. Default: 2 s; from 0 to 60 s.
    /// </summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(2);
}
