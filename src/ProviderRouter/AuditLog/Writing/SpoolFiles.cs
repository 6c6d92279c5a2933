using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProviderRouter.Configuration;

namespace ProviderRouter.AuditLog.Writing;

/// <summary>
/// Where the spool's files lie, and what they are called: <c>provider-router-MARK-RUN-NUMBER.spool</c>. The mark tells whose
/// they are in a folder that routers with different databases share.
/// </summary>
internal static class SpoolFiles
{
    /// <summary>In the data folder: other folders that were ever set, so that what lies there is found though the setting changed.</summary>
    private const string FolderList = "provider-router.spool-folders";

    /// <summary>The path of the run's file of this number; in the data folder when no other is named.</summary>
    public static string PathOf(DataFolder data, string? folder, long run, int number) =>
        Path.Combine(folder ?? data.Path, string.Create(CultureInfo.InvariantCulture, $"provider-router-{MarkOf(data)}-{run}-{number}.spool"));

    /// <summary>The files that are there, in the order in which they were begun, with the run of each.</summary>
    /// <param name="data">The folder of the database.</param>
    /// <param name="folder">The folder that is set for them, or null.</param>
    public static List<(string Path, long Run)> Find(DataFolder data, string? folder)
    {
        var others = FoldersOf(data).Append(folder).OfType<string>().Distinct(StringComparer.Ordinal).Where(other => other != data.Path);
        // Those in the data folder are this database's own, also when the folder was moved since.
        var paths = FilesIn(data.Path, "provider-router-*.spool")
            .Concat(others.SelectMany(other => FilesIn(other, $"provider-router-{MarkOf(data)}-*.spool")));
        return [.. paths.Select(path => (path, Place: PlaceOf(path))).Where(file => file.Place is not null)
            .OrderBy(file => file.Place).Select(file => (file.path, file.Place!.Value.Run))];
    }

    /// <summary>Sees to it that files in this folder will be found.</summary>
    public static void Remember(DataFolder data, string folder)
    {
        try
        {
            if (!FoldersOf(data).Contains(folder, StringComparer.Ordinal))
            {
                File.AppendAllText(Path.Combine(data.Path, FolderList), folder + "\n");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // As long as the setting stays, they are found without it once it can be written.
        }
    }

    /// <summary>Removes a file, if that can be done.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its rows are known by then, and passed over when it is read again.
        }
    }

    private static string[] FoldersOf(DataFolder data)
    {
        var list = Path.Combine(data.Path, FolderList);
        return File.Exists(list) ? File.ReadAllLines(list) : [];
    }

    private static string[] FilesIn(string folder, string pattern)
    {
        try
        {
            return Directory.GetFiles(folder, pattern);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string MarkOf(DataFolder data) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data.Path)))[..8];

    private static (long Run, int Number)? PlaceOf(string path)
    {
        var parts = Path.GetFileNameWithoutExtension(path).Split('-');
        return parts.Length >= 2 && long.TryParse(parts[^2], CultureInfo.InvariantCulture, out var run)
            && int.TryParse(parts[^1], CultureInfo.InvariantCulture, out var number) ? (run, number) : null;
    }
}
