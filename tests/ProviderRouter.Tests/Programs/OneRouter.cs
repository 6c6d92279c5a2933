using FakeUpstream;
using ProviderRouter.AuditLog;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Tests.Programs;

/// <summary>One provider and a data folder, and servers that come and go.</summary>
internal sealed class OneRouter : IAsyncDisposable
{
    private readonly List<Router> routers = [];

    private OneRouter(FakeUpstreamServer studio, SmallDisk? disk, TestFolder folder)
    {
        (Studio, Disk, Folder) = (studio, disk, folder);
        Log = new RecordedLog(folder);
    }

    public FakeUpstreamServer Studio { get; }

    public TestFolder Folder { get; }

    /// <summary>The disk of the database; null when it has none of its own.</summary>
    public SmallDisk? Disk { get; }

    public RecordedLog Log { get; }

    /// <summary>The server that was started last.</summary>
    public Router Router => routers[^1];

    public SqliteDatabase Database => SqliteDatabase.Open(new DataFolder(Folder.Data), TimeProvider.System);

    public List<LogRow> Rows => Log.Query("SELECT * FROM request_logs ORDER BY id");

    /// <param name="diskSize">The size of the database's own disk, in MB; 0 for none.</param>
    /// <param name="settings">Settings and their values.</param>
    public static async Task<OneRouter> StartAsync(int diskSize = 0, params (string Key, string Value)[] settings)
    {
        var folder = new TestFolder();
        var disk = diskSize > 0 ? new SmallDisk(folder.Data, diskSize) : null;
        var one = new OneRouter(await FakeUpstreamServer.StartAsync("studio"), disk, folder);
        await one.StartRouterAsync();
        foreach (var (key, value) in settings)
        {
            await one.SetAsync(key, value);
        }

        return one;
    }

    public async Task<Router> StartRouterAsync()
    {
        routers.Add(await Router.StartAsync(Folder, ("LM_STUDIO_BASE_URL", Studio.BaseUrl)));
        return Router;
    }

    public async Task SetAsync(string key, string value) => (await new Cli(Folder).RunAsync("config", "set", key, value)).Exits(0);

    /// <summary>Waits until the log's state is this.</summary>
    public async Task<LogHealth> LogIsAsync(string state)
    {
        LogHealth? health = null;
        await Eventually.IsAsync($"the log is {state}", async () => (health = await Router.LogHealthAsync()).State == state);
        return health!;
    }

    /// <summary>The chain holds, and each request is there once and has an answer or a mark.</summary>
    public VerifyReport AssertSound()
    {
        var report = Database.Verify(since: null, (_, _) => { });
        Assert.Null(report.Fault);
        Assert.Empty(Log.Query("SELECT request_id FROM request_logs GROUP BY request_id HAVING count(*) > 1"));
        Assert.Empty(Log.Query("SELECT request_id FROM request_logs WHERE outcome IS NULL"));
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var router in routers)
        {
            await router.DisposeAsync();
        }

        await Studio.DisposeAsync();
        Disk?.Dispose();
        Folder.Dispose();
    }
}
