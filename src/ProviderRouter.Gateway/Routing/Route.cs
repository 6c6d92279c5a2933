using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Routing;

/// <summary>Where a request goes: to a provider, and to others when that fails; or back to the client with an error.</summary>
public sealed record Route
{
    private Route()
    {
    }

    /// <summary>Who answers, in the order in which they are tried; none when nobody can.</summary>
    public IReadOnlyList<Target> Targets { get; private init; } = [];

    /// <summary>Why nobody can; null when somebody does.</summary>
    public OpenAIError? Error { get; private init; }

    /// <summary>The first of these answers, unless it is disabled; then, when it fails, the next.</summary>
    /// <param name="first">The one that was chosen.</param>
    /// <param name="others">Those in its place; disabled ones are left out.</param>
    public static Route To(Target first, params IEnumerable<Target> others) =>
        first.Provider.Enabled
            ? new() { Targets = [first, .. others.Where(other => other.Provider.Enabled && other.Provider.Name != first.Provider.Name)] }
            : new() { Error = OpenAIError.ProviderDisabled(first.Provider.Name) };

    /// <summary>Nobody answers.</summary>
    public static Route Nowhere(OpenAIError error) => new() { Error = error };
}
