using System.Text;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Record.Retention;

/// <summary>The server applies the settings <c>retention.*</c> by itself, and nobody who asks it something notices.</summary>
public sealed class ServerRetentionTests : IDisposable
{
    private const string Bodies = "SELECT count(*) AS n FROM audit_requests WHERE body IS NOT NULL OR body_parts IS NOT NULL";
    private const string Finished = "SELECT count(*) AS n FROM audit_events WHERE kind = 'pruned'";

    private readonly TestFolder folder = new();
    private readonly RecordedLog log;

    public ServerRetentionTests() => log = new RecordedLog(folder);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("retention.bodiesBefore", "30d", 100, 20)]
    [InlineData("retention.recordsBefore", "30d", 20, 20)]
    [InlineData("retention.maxSize", "1MB", 100, 50)]
    public async Task Settings_are_applied_when_the_server_starts(string key, string value, int records, int mostBodies)
    {
        Fill(100);
        await SetAsync(key, value);

        await using var router = await Router.StartAsync(folder);
        await Eventually.IsAsync("retention is through", () => Number(Finished) == 1);

        Assert.Equal(records, log.Count());
        Assert.InRange(Number(Bodies), 1, mostBodies);
        Assert.Null(PastLog.Verify(folder).Fault);
        await Eventually.IsAsync("it is said", () => router.Errors.Contains("Retention removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_are_applied_when_they_are_changed()
    {
        Fill(100);
        await using var router = await Router.StartAsync(folder);
        using var response = await AskAsync(router);
        Assert.Equal(0, Number(Finished));

        await SetAsync("retention.bodiesBefore", "30d");
        await Eventually.IsAsync("bodies are removed", () => Number(Finished) == 1);
        Assert.Equal(21, Number(Bodies));

        await SetAsync("retention.recordsBefore", "30d");
        await Eventually.IsAsync("records are removed", () => Number(Finished) == 2);
        Assert.Equal(21, log.Count());
        Assert.Null(PastLog.Verify(folder).Fault);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requests_are_answered_and_recorded_while_old_ones_are_removed(bool byItself)
    {
        Fill(2000);
        await using var router = await Router.StartAsync(folder);
        using var over = new CancellationTokenSource();
        var answered = 0;
        var clients = Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!over.IsCancellationRequested)
            {
                using var response = await AskAsync(router);
                Assert.Equal(200, (int)response.StatusCode);
                Interlocked.Increment(ref answered);
            }
        }).ToList();

        await Eventually.IsAsync("clients are answered", () => answered > 20);
        var before = answered;
        if (byItself)
        {
            await SetAsync("retention.bodiesBefore", "30d");
        }
        else
        {
            (await new Programs.Cli(folder).RunAsync("prune", "--bodies-before", "30d")).Exits(0);
        }

        await Eventually.IsAsync("retention is through", () => Number(Finished) == 1);
        var meanwhile = answered - before;
        await over.CancelAsync();
        await Task.WhenAll(clients);

        Assert.InRange(meanwhile, 20, int.MaxValue);
        Assert.Equal(2000 + answered, log.Count());
        var health = JsonNode.Parse(await router.Client.GetStringAsync("health"))!["log"]!;
        Assert.Equal("ok", (string?)health["state"]);
        Assert.Equal(0, (int)health["rowsLost"]! + (int)health["rowsSpooled"]!);
        Assert.DoesNotContain("CANNOT BE WRITTEN", router.Errors, StringComparison.Ordinal);
        Assert.Null(PastLog.Verify(folder).Fault);
    }

    [Fact]
    public async Task A_server_that_is_stopped_stops_removing_and_goes_on_when_it_is_started_again()
    {
        Fill(2000);
        await SetAsync("retention.bodiesBefore", "30d");
        await using (var router = await Router.StartAsync(folder))
        {
            await Eventually.IsAsync("something is removed", () => Number(Bodies) < 2000);
            router.AskToStop();
            Assert.Equal(0, await router.EndAsync());
        }

        Assert.Equal(0, Number(Finished));
        Assert.Null(PastLog.Verify(folder).Fault);
        await using var again = await Router.StartAsync(folder);
        await Eventually.IsAsync("retention is through", () => Number(Finished) == 1);
        Assert.Equal(400, Number(Bodies));
        Assert.Null(PastLog.Verify(folder).Fault);
    }

    [Fact]
    public async Task Where_it_fails_that_is_said_and_requests_are_answered()
    {
        Fill(100);
        await SetAsync("retention.bodiesBefore", "30d");
        log.Execute(
            "CREATE TRIGGER broken BEFORE UPDATE ON audit_requests BEGIN SELECT raise(ABORT, 'the disk is on fire'); END");

        await using var router = await Router.StartAsync(folder);
        await Eventually.IsAsync("it is said", () => router.Errors.Contains("the disk is on fire", StringComparison.Ordinal));

        using var response = await AskAsync(router);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(101, Number(Bodies));
    }

    /// <summary>Of five records four are old; each has a body of its own.</summary>
    private void Fill(int records)
    {
        using var past = new PastLog(folder);
        for (var i = 0; i < records; i++)
        {
            past.Add(TimeSpan.FromDays(i < records * 4 / 5 ? 40 : 20), LongText.Of(i));
        }
    }

    private async Task SetAsync(string key, string value) => (await new Programs.Cli(folder).RunAsync("config", "set", key, value)).Exits(0);

    private static async Task<HttpResponseMessage> AskAsync(Router router)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions");
        request.Headers.Add("x-router-provider", "echo");
        request.Content = new StringContent("""{"model":"echo","messages":[{"role":"user","content":"Hello"}]}""", Encoding.UTF8, "application/json");
        return await router.Client.SendAsync(request);
    }

    private long Number(string sql) => log.Query(sql).Single().Number("n");
}
