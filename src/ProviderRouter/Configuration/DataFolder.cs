namespace ProviderRouter.Configuration;

/// <summary>
/// Where the database lies: <c>--data</c>, else <c>PROVIDER_ROUTER_DATA</c>, else the user's data folder
/// (<see href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG</see>'s on Linux, the platform's own elsewhere).
/// </summary>
public sealed record DataFolder(string Path)
{
    /// <summary>The full path of the database file in this folder.</summary>
    public string DatabasePath => System.IO.Path.Combine(Path, "provider-router.db");

    /// <summary>Finds the folder. It is not created here: the database does that on first use.</summary>
    /// <exception cref="SetUpException">No folder is named and the user has no home.</exception>
    public static DataFolder Find(string? option, RouterEnvironment environment)
    {
        var named = string.IsNullOrWhiteSpace(option) ? environment["PROVIDER_ROUTER_DATA"] : option;
        if (named is not null)
        {
            return new DataFolder(System.IO.Path.GetFullPath(named));
        }

        // On Linux this is $XDG_DATA_HOME or ~/.local/share, on Windows %LOCALAPPDATA%, on macOS ~/Library/Application Support.
        var shared = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return shared.Length > 0
            ? new DataFolder(System.IO.Path.Combine(shared, "provider-router"))
            : throw new SetUpException(
                "There is no home folder to keep the database in. Name one with --data DIR or PROVIDER_ROUTER_DATA.");
    }
}
