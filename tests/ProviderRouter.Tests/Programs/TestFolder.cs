using ProviderRouter.Configuration;

namespace ProviderRouter.Tests.Programs;

/// <summary>An empty folder of the test's own, gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("provider-router-test-").FullName;

    /// <summary>The data folder in it, which does not exist yet.</summary>
    public string Data => System.IO.Path.Combine(Path, "data");

    public string Database => new DataFolder(Data).DatabasePath;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
