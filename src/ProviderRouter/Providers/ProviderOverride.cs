namespace ProviderRouter.Providers;

/// <summary>What the environment says of a built-in provider; null where it says nothing.</summary>
public sealed record ProviderOverride(string Name, string? BaseUrl, string? DefaultModel)
{
    /// <summary>The provider with what is named here in place of its own.</summary>
    public Provider ApplyTo(Provider provider) => provider with
    {
        BaseUrl = BaseUrl ?? provider.BaseUrl,
        DefaultModel = DefaultModel ?? provider.DefaultModel,
        Origin = ProviderOrigin.Environment,
    };
}
