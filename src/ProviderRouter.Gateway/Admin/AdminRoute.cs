using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Admin;

/// <summary>One thing that can be asked of the admin API.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path as OpenAPI writes it: <c>/admin/api/providers/{name}</c>. A name in braces stands for one segment.</param>
/// <param name="Answer">Does it.</param>
internal sealed record AdminRoute(string Method, string Path, Func<AdminRequest, ValueTask<AdminAnswer>> Answer)
{
    private readonly PathPattern pattern = new(Path);

    /// <summary>An answer that needs no waiting.</summary>
    public AdminRoute(string method, string path, Func<AdminRequest, AdminAnswer> answer)
        : this(method, path, request => ValueTask.FromResult(answer(request)))
    {
    }

    /// <summary>True when a path is this one; then what stands in the place of the name in braces.</summary>
    public bool Matches(string path, out string? name)
    {
        var matches = pattern.Matches(path, out var names);
        name = names.Count > 0 ? names[0] : null;
        return matches;
    }
}
