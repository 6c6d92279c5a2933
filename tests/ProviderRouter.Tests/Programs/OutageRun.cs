using FakeUpstream;
using ProviderRouter.AuditLog;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Tests.Programs;

/// <summary>A server under load before, while and after its log cannot be written for 20 s, and what came of it.</summary>
internal sealed record OutageRun(
    IReadOnlyCollection<LoadAnswer> Answers, int Broken, LogHealth During, LogHealth After, int PeakMemory, string Errors,
    IReadOnlyList<LogRow> Rows, IReadOnlyList<ReceivedRequest> Forwarded, VerifyReport Verified)
{
    private const int Clients = 4;

    /// <param name="onFailure">The setting <c>audit.onFailure</c>.</param>
    /// <param name="isDiskFull">True: its disk is full. False: another program holds the lock of its database.</param>
    public static async Task<OutageRun> OfAsync(string onFailure, bool isDiskFull)
    {
        using var folder = new TestFolder();
        using var disk = new SmallDisk(folder.Data, megabytes: 96);
        await using var studio = await FakeUpstreamServer.StartAsync("studio");
        await using var router = await Router.StartAsync(folder, ("LM_STUDIO_BASE_URL", studio.BaseUrl));
        (await new Cli(folder).RunAsync("config", "set", "audit.onFailure", onFailure)).Exits(0);

        var load = new Load(router.Url, Clients, TimeSpan.FromMilliseconds(20));
        await load.ReceiveAsync(40);
        LogHealth during;
        using (isDiskFull ? new FullDisk(disk) : (IDisposable)new LockedDatabase(folder))
        {
            await Eventually.IsAsync("the outage is noticed", async () => (await router.LogHealthAsync()).State != "ok");
            using var outage = new PeriodicTimer(TimeSpan.FromSeconds(20));
            await outage.WaitForNextTickAsync();
            during = await router.LogHealthAsync();
        }

        await Eventually.IsAsync("the log is written again", async () => (await router.LogHealthAsync()).State == "ok");
        await load.ReceiveAsync(40);
        await load.StopAsync();
        var (after, peak) = (await router.LogHealthAsync(), router.PeakMemory);
        await router.DisposeAsync();

        var database = SqliteDatabase.Open(new DataFolder(folder.Data), TimeProvider.System);
        return new(load.Answers, load.Broken, during, after, peak, router.Errors,
            new RecordedLog(folder).Query("SELECT * FROM request_logs ORDER BY id"), studio.Requests, database.Verify(since: null, (_, _) => { }));
    }

    /// <summary>In a word, for the test's output.</summary>
    public override string ToString() =>
        $"{Answers.Count} answers, {Rows.Count} requests in the log, peak {PeakMemory} MB, during: {During}, after: {After}";

    private sealed class FullDisk : IDisposable
    {
        private readonly SmallDisk disk;

        public FullDisk(SmallDisk disk)
        {
            this.disk = disk;
            disk.Fill();
        }

        public void Dispose() => disk.MakeRoom();
    }
}
