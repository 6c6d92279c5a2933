namespace ProviderRouter.Bench;

/// <summary>A folder that is gone after use.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Leftovers.Remember(Delete);

    public string Path { get; } = Directory.CreateTempSubdirectory("router-bench-").FullName;

    /// <summary>The lengths of all files in it, added up.</summary>
    public long Bytes => new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    /// <summary>Waits, 10 s at the most, until SQLite's -wal files in it are empty: then a server has tidied up.</summary>
    public async Task AtRestAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var tries = 0; tries < 200 && Directory.EnumerateFiles(Path, "*-wal").Any(file => new FileInfo(file).Length > 0); tries++)
        {
            await timer.WaitForNextTickAsync();
        }
    }

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
