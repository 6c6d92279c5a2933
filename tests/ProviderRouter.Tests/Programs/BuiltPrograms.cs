using System.Reflection;

namespace ProviderRouter.Tests.Programs;

/// <summary>
/// The two programs under test: as they were built with the tests, or the published ones in the folder that
/// PROVIDER_ROUTER_TEST_PROGRAMS names.
/// </summary>
internal static class BuiltPrograms
{
    private static readonly string? Published = Environment.GetEnvironmentVariable("PROVIDER_ROUTER_TEST_PROGRAMS");

    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static bool ArePublished => !string.IsNullOrEmpty(Published);

    public static string Router { get; } = Find("provider-router", "ProviderRouter.Gateway");

    public static string Cli { get; } = Find("provider-cli", "ProviderRouter.Cli");

    private static string Find(string name, string project)
    {
        var folder = ArePublished ? Published! : Path.Combine(RepositoryRoot, "src", project, "bin", Metadata("Configuration"), "net10.0");
        var path = Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"Build the solution first: there is no {path}.");
    }

    private static string Metadata(string key) => typeof(BuiltPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
