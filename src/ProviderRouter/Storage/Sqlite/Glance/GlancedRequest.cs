namespace ProviderRouter.Storage.Sqlite.Glance;

/// <summary>A request, as far as its id and what helps to know it by; empty is what it does not have.</summary>
public sealed record GlancedRequest(string RequestId, DateTimeOffset CreatedAt, string Model, string Provider, string Outcome);
