namespace ProviderRouter.Gateway.Admin;

/// <summary>One thing that can be asked of the admin API.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path as OpenAPI writes it: <c>/admin/api/providers/{name}</c>. A name in braces stands for one segment.</param>
/// <param name="Answer">Does it.</param>
internal sealed record AdminRoute(string Method, string Path, Func<AdminRequest, ValueTask<AdminAnswer>> Answer)
{
    private readonly string[] segments = Path.Split('/');

    /// <summary>An answer that needs no waiting.</summary>
    public AdminRoute(string method, string path, Func<AdminRequest, AdminAnswer> answer)
        : this(method, path, request => ValueTask.FromResult(answer(request)))
    {
    }

    /// <summary>True when a path is this one; then what stands in the place of the name in braces.</summary>
    public bool Matches(string path, out string? name)
    {
        name = null;
        var asked = path.Split('/');
        if (asked.Length != segments.Length)
        {
            return false;
        }

        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].StartsWith('{') && asked[i].Length > 0)
            {
                name = asked[i];
            }
            else if (segments[i] != asked[i])
            {
                return false;
            }
        }

        return true;
    }
}
