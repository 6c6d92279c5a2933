namespace ProviderRouter.Gateway.Ingress;

/// <summary>A path as OpenAPI writes it: <c>/admin/api/providers/{name}</c>. A name in braces stands for one segment that is not empty.</summary>
internal sealed class PathPattern(string path)
{
    private readonly string[] segments = path.Split('/');

    /// <summary>True when a path is this one; then what stands in the places of the names in braces, in order.</summary>
    public bool Matches(string asked, out IReadOnlyList<string> names)
    {
        var found = new List<string>();
        names = found;
        var parts = asked.Split('/');
        if (parts.Length != segments.Length)
        {
            return false;
        }

        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].StartsWith('{') && parts[i].Length > 0)
            {
                found.Add(parts[i]);
            }
            else if (segments[i] != parts[i])
            {
                return false;
            }
        }

        return true;
    }
}
