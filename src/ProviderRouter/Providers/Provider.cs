using System.Collections.ObjectModel;

namespace ProviderRouter.Providers;

/// <summary>
/// An LLM provider: everything that differs from one to the next is a value here, so that a new one is a row, not a class.
/// </summary>
public sealed record Provider
{
    /// <summary>What users type, in lower case: <c>lm-studio</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of server, for people to read; it decides nothing but <see cref="AnswersInside"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The URL that <c>/v1</c> of the router stands for, without a slash at its end.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>Where its key comes from and how it is sent.</summary>
    public ProviderKey Key { get; init; } = ProviderKey.None;

    /// <summary>Headers that go with each request, in place of the client's of the same name. No keys: those are sealed.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What is added to the query of each URL, without a question mark: <c>api-version=preview</c>; or null.</summary>
    public string? Query { get; init; }

    /// <summary>The model of a request that names none, or null: then it goes on without.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>Names of models as clients say them, and as this provider does.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>How long it may be silent. Default: null, which stands for <c>REQUEST_TIMEOUT</c>.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>How long a connection may take to come about. Default: null, which stands for 15 s.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>
    /// How often the client of a stream is sent a comment before the first token, so that nothing between takes it for dead.
    /// Default: null, never.
    /// </summary>
    public TimeSpan? KeepAlive { get; init; }

    /// <summary>Attempts after the first one. Default: null, which stands for one where there is a fallback, else none.</summary>
    public int? Retries { get; init; }

    /// <summary>True when a client that leaves ends its request at the provider, too; some servers crash of that. Default: true.</summary>
    public bool Cancels { get; init; } = true;

    /// <summary>What a person noted about it, or null.</summary>
    public string? Note { get; init; }

    /// <summary>A provider that is not enabled answers nobody (<c>provider_disabled</c>). Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Who wrote the address last; the environment never overwrites what a person edited.</summary>
    public ProviderOrigin Origin { get; init; } = ProviderOrigin.BuiltIn;

    /// <summary>The type of the one provider that needs no server: the router answers in its place.</summary>
    public const string EchoType = "echo";

    /// <summary>What stands in the place of its base URL.</summary>
    public const string EchoUrl = "internal:echo";

    /// <summary>True when the router itself answers, and nothing is sent anywhere.</summary>
    public bool AnswersInside => Type == EchoType;
}

/// <summary>Who wrote a provider's address last.</summary>
public enum ProviderOrigin
{
    /// <summary>It came with the program.</summary>
    BuiltIn,

    /// <summary>An environment variable, when a server started.</summary>
    Environment,

    /// <summary>A person; the environment leaves it alone from then on.</summary>
    Edited,
}
