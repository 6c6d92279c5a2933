using System.Collections.Concurrent;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Tests.Gateway.Fallback;

/// <summary>Ten thousand requests to a provider that fails one in five, and the client sees none of it.</summary>
public sealed class ManyFailuresTests
{
    private const int Requests = 10_000;
    private const int Clients = 50;

    [Fact]
    public async Task Of_ten_thousand_requests_to_a_provider_that_fails_one_in_five_none_fails()
    {
        var failures = 0;
        await using var setup = await FallbackSetup.StartAsync(async (connection, number) =>
        {
            if (number % 5 != 0)
            {
                await FaultyUpstream.SayAsync(connection, FaultyUpstream.Good());
                return;
            }

            Interlocked.Increment(ref failures);
            switch (number / 5 % 4)
            {
                case 0:
                    FaultyUpstream.Reset(connection);
                    break;
                case 1:
                    connection.Close();
                    break;
                default:
                    await FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(number / 5 % 4 == 2 ? 500 : 429, ""));
                    break;
            }
        });
        // The server's own question, for its greeting.
        failures = 0;
        await setup.SetAsync("fallback.maxWait", "50ms");

        var answers = new ConcurrentBag<WireAnswer>();
        var left = Requests;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            using var client = await WireClient.ConnectAsync(setup.Router.Url);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await client.PostAsync("/v1/chat/completions", FallbackSetup.Chat("fake-small"));
                answers.Add((await client.ReadAnswerAsync())!);
                client.Next();
            }
        }));

        Assert.Equal(Requests, answers.Count);
        Assert.All(answers, answer => Assert.True(answer is { Status: 200, HasEnded: true }));
        Assert.All(answers, answer => Assert.Equal(
            answer.Headers["x-router-provider"] == "lm-studio", answer.Body.Contains("studio says hello", StringComparison.Ordinal)));
        Assert.InRange(failures, Requests / 6, Requests / 3);
        Assert.Equal(Requests, (long)setup.Log.Query("SELECT count(*) AS n FROM request_logs WHERE outcome = 'ok'").Single()["n"]!);
        var recorded = (long)setup.Log.Query(
            """
            SELECT count(*) AS n FROM request_logs, json_each(attempts)
            WHERE json_extract(value, '$.provider') = 'lm-studio' AND json_extract(value, '$.outcome') NOT IN ('ok', 'skipped')
            """).Single()["n"]!;
        Assert.Equal(failures, recorded);
        Assert.Null(SqliteDatabase.Open(new DataFolder(setup.Folder.Data), TimeProvider.System).Verify(since: null, (_, _) => { }).Fault);
        TestContext.Current.TestOutputHelper?.WriteLine($"{failures} failures, 0 at the client");
    }
}
