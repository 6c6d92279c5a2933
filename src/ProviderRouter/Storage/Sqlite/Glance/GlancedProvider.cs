namespace ProviderRouter.Storage.Sqlite.Glance;

/// <summary>A provider, as far as its name and what helps to know it by.</summary>
public sealed record GlancedProvider(string Name, string BaseUrl, bool Enabled, bool Active);
