namespace ProviderRouter.Tests.Record;

/// <summary>More waits for the log than its queue holds: requests wait, too, and no record is lost or out of its place.</summary>
public sealed class FullQueueTests
{
    [Fact]
    public async Task Large_requests_that_found_no_room_are_on_record_with_their_answers()
    {
        await using var one = await OneRouter.StartAsync(settings: ("audit.failureWait", "60s"));
        var asking = new List<Task<WireAnswer?>>();
        using (new LockedDatabase(one.Folder))
        {
            // 8 MB each: the queue has room for seven of them.
            asking.AddRange(Enumerable.Range(0, 16).Select(number => AskAsync(one, number)));
            await Eventually.IsAsync("all requests and their answers wait", async () => (await one.Router.LogHealthAsync()).RowsWaiting == 2 * asking.Count);
            Assert.DoesNotContain(asking, answer => answer.IsCompleted);
        }

        var answers = await Task.WhenAll(asking);
        Assert.All(answers, answer => Assert.Equal(200, answer!.Status));
        var health = await one.Router.LogHealthAsync();
        Assert.Equal((2 * asking.Count, 0, 0), (health.RowsWritten, health.RowsLost, health.RowsWaiting));
        one.AssertSound();
    }

    [Fact]
    public async Task A_server_that_is_stopped_with_a_full_queue_writes_it_first()
    {
        await using var one = await OneRouter.StartAsync(settings: ("audit.failureWait", "60s"));
        var asking = new List<Task<WireAnswer?>>();
        using (new LockedDatabase(one.Folder))
        {
            asking.AddRange(Enumerable.Range(0, 12).Select(number => AskAsync(one, number)));
            await Eventually.IsAsync("all requests and their answers wait", async () => (await one.Router.LogHealthAsync()).RowsWaiting == 2 * asking.Count);
            one.Router.AskToStop();
            await Eventually.IsAsync("it stops", () => one.Router.Errors.Contains("Stopping", StringComparison.Ordinal));
        }

        Assert.All(await Task.WhenAll(asking), answer => Assert.Equal(200, answer!.Status));
        Assert.Equal(0, await one.Router.EndAsync());
        Assert.All(one.Rows, row => Assert.Equal("ok", row["outcome"]));
        Assert.Equal(asking.Count, one.Rows.Count);
        one.AssertSound();
    }

    private static async Task<WireAnswer?> AskAsync(OneRouter one, int number)
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.PostAsync("/v1/sink", $$"""{"model":"n{{number}}","input":"{{new string('x', 8 << 20)}}"}""");
        return await client.ReadAnswerAsync();
    }
}
