using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Access;

/// <summary>What was found out about who sends a request, before anything else is done with it.</summary>
/// <param name="Refusal">Why it goes no further; null when it may.</param>
/// <param name="KeyName">The name of the router's own key that it shows; null when it shows none that is valid.</param>
/// <param name="KeyHeaders">The headers with keys of the router's own in them, which are no provider's business.</param>
internal sealed record Admission(OpenAIError? Refusal, string? KeyName, IReadOnlyList<string> KeyHeaders)
{
    /// <summary>Anybody's request.</summary>
    public static readonly Admission Anonymous = new(Refusal: null, KeyName: null, []);
}

/// <summary>What a request wants to reach.</summary>
internal enum Area
{
    /// <summary>The providers, under <c>/v1</c>.</summary>
    Providers,

    /// <summary>The router's own settings, under <c>/admin</c>.</summary>
    Admin,

    /// <summary>The pages for people, under <c>/ui</c>. Who may see them is for the pages to say: people sign in there.</summary>
    Dashboard,

    /// <summary>What is open to everybody who reaches the server by a name of its own.</summary>
    Open,
}
