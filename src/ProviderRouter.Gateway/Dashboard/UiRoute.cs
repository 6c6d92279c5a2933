using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Dashboard;

/// <summary>One page, or one thing that a page's form does.</summary>
/// <param name="Method"><c>GET</c> or <c>POST</c>; whatever changes something is a POST.</param>
/// <param name="Path">Such as <c>/ui/providers/{name}</c>: a name in braces stands for one segment.</param>
/// <param name="Answer">Does it.</param>
internal sealed record UiRoute(string Method, string Path, Func<UiRequest, Task<UiAnswer>> Answer)
{
    private readonly PathPattern pattern = new(Path);

    /// <summary>An answer that needs no waiting.</summary>
    public UiRoute(string method, string path, Func<UiRequest, UiAnswer> answer)
        : this(method, path, request => Task.FromResult(answer(request)))
    {
    }

    /// <summary>True when a path is this one; then what stands in the places of the names in braces, in order.</summary>
    public bool Matches(string path, out IReadOnlyList<string> names) => pattern.Matches(path, out names);
}
