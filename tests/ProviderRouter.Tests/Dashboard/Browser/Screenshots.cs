namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>Pictures that the run keeps: in the folder that PROVIDER_ROUTER_SCREENSHOTS names, else in the repository's <c>TestResults/screenshots</c>.</summary>
internal static class Screenshots
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("PROVIDER_ROUTER_SCREENSHOTS") is { Length: > 0 } named
        ? named
        : Path.Combine(BuiltPrograms.RepositoryRoot, "TestResults", "screenshots");

    /// <param name="name">Without an extension.</param>
    public static string PathOf(string name) => Path.Combine(Directory.CreateDirectory(Folder).FullName, name + ".png");
}
