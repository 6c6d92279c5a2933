using System.Diagnostics;

namespace ProviderRouter.Tests.Record.Exchange;

/// <summary>Whoever reads the log for long, as a backup does, keeps no request waiting.</summary>
public sealed class ReaderBesideTests
{
    [Fact]
    public async Task A_server_that_tidies_up_in_a_quiet_moment_waits_for_no_reader()
    {
        await using var setup = await Setup.StartAsync();
        using var reader = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={setup.Folder.Database};Pooling=False");
        reader.Open();
        using var read = reader.CreateCommand();
        read.CommandText = "BEGIN; SELECT count(*) FROM audit_requests";
        read.ExecuteScalar();

        var took = new List<double>();
        // Half a second after the last row the server tidies up; the next request comes just then.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(600));
        for (var number = 0; number < 7; number++)
        {
            var started = Stopwatch.GetTimestamp();
            using (var answer = await setup.ChatAsync("fake-small"))
            {
                await answer.Content.ReadAsByteArrayAsync();
            }

            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await timer.WaitForNextTickAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", took.Select(ms => $"{ms:0}")));
        // Were it to wait, most would take 300 ms and more.
        Assert.InRange(took.Order().ElementAt(3), 0, 200);
    }
}
