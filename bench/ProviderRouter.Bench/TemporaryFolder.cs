namespace ProviderRouter.Bench;

/// <summary>A folder that is gone after use.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Leftovers.Remember(Delete);

    public string Path { get; } = Directory.CreateTempSubdirectory("router-bench-").FullName;

    /// <summary>The lengths of all files in it, added up.</summary>
    public long Bytes => new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public void Dispose()
    {
        Leftovers.Forget(Delete);
        Delete();
    }

    private void Delete()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
