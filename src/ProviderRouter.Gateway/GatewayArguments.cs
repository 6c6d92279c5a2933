namespace ProviderRouter.Gateway;

/// <summary>What stands on the command line of the server, as it was typed; null and false where nothing does.</summary>
public sealed record GatewayArguments(
    string? Data = null, string? Host = null, string? Port = null, string? MaxConnections = null, bool RequireKey = false, bool AllowAnonymous = false);
