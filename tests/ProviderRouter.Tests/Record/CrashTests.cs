using System.Net.Http;
using FakeUpstream;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Tests.Record;

/// <summary>
/// The server is killed under load, again and again: 100 times with the published programs, 15 times with the built ones, whose
/// every start costs a just-in-time compilation.
/// </summary>
public sealed class CrashTests
{
    private const int Clients = 8;

    private static readonly int Kills = BuiltPrograms.ArePublished ? 100 : 15;

    [Fact]
    public async Task What_a_client_received_whole_is_in_the_log_and_what_was_in_flight_is_marked()
    {
        await using var studio = await FakeUpstreamServer.StartAsync("studio");
        using var folder = new TestFolder();
        var log = new RecordedLog(folder);
        var random = new Random(20251);
        var (whole, interrupted) = (0, 0L);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var router = await Router.StartAsync(folder, ("LM_STUDIO_BASE_URL", studio.BaseUrl));
            Assert.Equal(0, Unanswered(log));
            var load = new Load(router.Url, Clients);
            await load.ReceiveAsync(random.Next(0, 60));
            await router.DisposeAsync();
            await load.StopAsync();

            var database = SqliteDatabase.Open(new DataFolder(folder.Data), TimeProvider.System);
            Assert.Null(database.Verify(since: null, (_, _) => { }).Fault);
            RecordedLoad.AssertOnRecord(load.Answers, log.Query("SELECT * FROM request_logs"));
            whole += load.Answers.Count;
            if (random.Next(2) == 0)
            {
                // Else the next server does it.
                database.MarkInterrupted();
                Assert.Equal(0, Unanswered(log));
            }
        }

        await using (await Router.StartAsync(folder, ("LM_STUDIO_BASE_URL", studio.BaseUrl)))
        {
            Assert.Equal(0, Unanswered(log));
            interrupted = (long)log.Query("SELECT count(*) AS n FROM request_logs WHERE outcome = 'interrupted' AND provider = 'lm-studio' AND request_body IS NOT NULL").Single()["n"]!;
            Assert.Equal(log.Count(), (long)log.Query("SELECT count(DISTINCT request_id) AS n FROM request_logs").Single()["n"]!);
            Assert.True(interrupted > 0, "Nothing was in flight at any of the moments.");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, {whole} answers received whole, 0 missing, {interrupted} requests interrupted");
    }

    private static long Unanswered(RecordedLog log) => (long)log.Query("SELECT count(*) AS n FROM request_logs WHERE outcome IS NULL").Single()["n"]!;
}
