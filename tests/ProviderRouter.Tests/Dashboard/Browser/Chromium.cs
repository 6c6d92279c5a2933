namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>The browser's program: what PROVIDER_ROUTER_BROWSER names, else one of the usual names on PATH.</summary>
internal static class Chromium
{
    private const string Variable = "PROVIDER_ROUTER_BROWSER";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    /// <summary>Fresh and silent: it asks nobody, and no name leads to another machine.</summary>
    public static readonly string[] Flags =
    [
        "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-gpu",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]",
    ];

    /// <exception cref="FileNotFoundException">There is none; the message says what to install.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new FileNotFoundException($"{Variable} names {named}, which does not exist.");
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"These tests need a browser: install Debian's package 'chromium' (apt-get install chromium), or name one in {Variable}.");
    }
}
