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

    /// <summary>The model to suggest when none is named, or null.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>A provider that is not enabled answers nobody (<c>provider_disabled</c>). Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Who wrote the address last; the environment never overwrites what a person edited.</summary>
    public ProviderOrigin Origin { get; init; } = ProviderOrigin.BuiltIn;

    /// <summary>The type of the one provider that needs no server: the router answers in its place.</summary>
    public const string EchoType = "echo";

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
