namespace ProviderRouter.Settings;

/// <summary>Whom the server answers, and how much it takes: the settings <c>http.*</c>.</summary>
public sealed record HttpSettings
{
    /// <summary>Names, beside its own, under which clients reach the server. Default: none.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins of web pages, beside its own, that may use the server. Default: none.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>How many bytes a request's body may have. Default: 1 GB; from 1 KB to 1 TB.</summary>
    public long MaxRequestBody { get; init; } = 1L << 30;
}
