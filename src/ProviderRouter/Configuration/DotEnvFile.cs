namespace ProviderRouter.Configuration;

/// <summary>
/// Reads the lines <c>NAME=value</c> of a <c>.env</c> file: <c>#</c> comments, an optional <c>export</c>, and values in
/// single or double quotes. Nothing is expanded.
/// </summary>
public static class DotEnvFile
{
    /// <summary>The variables in <paramref name="path"/>; none when the file does not exist or cannot be read.</summary>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (!File.Exists(path))
            {
                return variables;
            }

            foreach (var line in File.ReadLines(path))
            {
                if (TryParse(line, out var name, out var value))
                {
                    variables[name] = value;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder's .env is a convenience: one that belongs to somebody else must not stop the program.
        }

        return variables;
    }

    /// <summary>The variables in a text, in their order, and the numbers of the lines that are neither one, nor empty, nor a comment.</summary>
    public static (IReadOnlyList<KeyValuePair<string, string>> Variables, IReadOnlyList<int> Unread) Parse(string text)
    {
        var (variables, unread) = (new List<KeyValuePair<string, string>>(), new List<int>());
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (TryParse(lines[i], out var name, out var value))
            {
                variables.Add(new(name, value));
            }
            else if (lines[i].AsSpan().Trim() is { IsEmpty: false } line && line[0] != '#')
            {
                unread.Add(i + 1);
            }
        }

        return (variables, unread);
    }

    internal static bool TryParse(string line, out string name, out string value)
    {
        name = value = "";
        var text = line.Trim();
        if (text.StartsWith("export ", StringComparison.Ordinal))
        {
            text = text["export ".Length..].TrimStart();
        }

        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || text[0] == '#')
        {
            return false;
        }

        name = text[..equals].TrimEnd();
        value = Unquote(text[(equals + 1)..].Trim());
        return true;
    }

    private static string Unquote(string value)
    {
        if (value.Length > 0 && value[0] is '"' or '\'')
        {
            var end = value.IndexOf(value[0], 1);
            return end < 0 ? value : value[1..end];
        }

        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment].TrimEnd();
    }
}
