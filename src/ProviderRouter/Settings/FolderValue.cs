namespace ProviderRouter.Settings;

/// <summary>A folder as a setting: the absolute path of one that can be written, or nothing.</summary>
internal static class FolderValue
{
    /// <summary>The path in full, without a separator at its end; null for empty text.</summary>
    public static ValueForm<string?> Form { get; } = new(
        $"the absolute path of a folder that can be written, for example {Example}, or \"\"",
        TryParse,
        path => path ?? "",
        path => path is null ? null : ProblemWith(path));

    private static string Example => OperatingSystem.IsWindows() ? @"D:\spool" : "/var/spool/provider-router";

    private static bool TryParse(string text, out string? path)
    {
        path = null;
        if (text.Length == 0)
        {
            return true;
        }

        // A path may hold control characters; one in a setting is a mistake, and a NUL would throw below.
        if (text.Any(char.IsControl) || !Path.IsPathFullyQualified(text))
        {
            return false;
        }

        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(text));
        return true;
    }

    /// <summary>Tries the folder with a file that is gone at once: rights do not tell of a read-only mount.</summary>
    private static string? ProblemWith(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? $"{path} is a file, not a folder." : $"There is no folder {path}. Create it first.";
        }

        try
        {
            var name = Path.Combine(path, $".provider-router-{Path.GetRandomFileName()}");
            using var probe = new FileStream(
                name, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"The folder {path} cannot be written. Check who owns it, or choose another.";
        }
    }
}
