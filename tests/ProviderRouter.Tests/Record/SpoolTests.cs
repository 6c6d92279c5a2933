namespace ProviderRouter.Tests.Record;

/// <summary>What is kept while the log cannot be written outlives the server that kept it.</summary>
public sealed class SpoolTests
{
    [Theory]
    [InlineData("whole")]
    [InlineData("torn")]
    public async Task What_a_killed_server_had_spooled_on_another_disk_is_in_the_log_once_and_in_order(string lastLine)
    {
        await using var one = await OneRouter.StartAsync(diskSize: 64);
        var spool = Directory.CreateDirectory(Path.Combine(one.Folder.Path, "spool")).FullName;
        await one.SetAsync("audit.spoolFolder", spool);
        var load = new Load(one.Router.Url, clients: 4);
        await load.ReceiveAsync(20);
        one.Disk!.Fill();
        await one.LogIsAsync("spooling");
        await load.ReceiveAsync(500);
        await one.Router.DisposeAsync();
        await load.StopAsync();

        var file = Assert.Single(Directory.GetFiles(spool, "*.spool"));
        if (lastLine == "torn")
        {
            await File.AppendAllTextAsync(file, """{"$type":"request","Method":"POST","Endpoint":"/v1/cha""");
        }

        one.Disk.MakeRoom();
        // As other programs do: what the spool holds answers of is not for them to mark.
        one.Database.MarkInterrupted();
        for (var killed = 0; killed < 3; killed++)
        {
            await (await one.StartRouterAsync()).DisposeAsync();
        }

        await one.StartRouterAsync();
        await one.LogIsAsync("ok");
        Assert.Empty(Directory.GetFiles(spool));
        RecordedLoad.AssertOnRecord(load.Answers, one.Rows);
        one.AssertSound();
    }

    [Fact]
    public async Task Of_what_was_in_flight_in_an_outage_the_answered_are_answered_and_the_others_are_interrupted()
    {
        await using var one = await OneRouter.StartAsync();
        using var answered = await WireClient.ConnectAsync(one.Router.Url);
        using var before = await WireClient.ConnectAsync(one.Router.Url);
        using var within = await WireClient.ConnectAsync(one.Router.Url);
        await answered.PostAsync("/v1/chat/completions", Chat("trickle"));
        await answered.ReadUntilAsync(answer => answer.Body.Length > 0);
        await before.PostAsync("/v1/chat/completions", Chat("stall"));
        await before.ReadUntilAsync(answer => answer.Body.Length > 0);
        using (new LockedDatabase(one.Folder))
        {
            Assert.True((await answered.ReadAnswerAsync())!.HasEnded);
            await within.PostAsync("/v1/chat/completions", Chat("stall"));
            await within.ReadUntilAsync(answer => answer.Body.Length > 0);
            await one.Router.DisposeAsync();
        }

        one.Database.MarkInterrupted();
        await one.StartRouterAsync();
        await one.LogIsAsync("ok");
        Assert.Equal([("trickle", "ok"), ("stall", "interrupted"), ("stall", "interrupted")],
            one.Rows.Select(row => (row.Text("model"), row.Text("outcome"))));
        Assert.Equal(answered.Answer!.Body, one.Rows[0].Events);
        Assert.All(one.Rows, row => Assert.Equal("whole", row["request_body_state"]));
        one.AssertSound();
    }

    [Fact]
    public async Task A_server_that_is_stopped_in_an_outage_leaves_its_spool_to_the_next()
    {
        await using var one = await OneRouter.StartAsync();
        var load = new Load(one.Router.Url, clients: 4);
        using (new LockedDatabase(one.Folder))
        {
            await one.LogIsAsync("spooling");
            await load.ReceiveAsync(100);
            one.Router.AskToStop();
            Assert.Equal(0, await one.Router.EndAsync());
            await load.StopAsync();
            Assert.Contains("stay in the spool for the next start; 0 rows", one.Router.Errors, StringComparison.Ordinal);
        }

        await one.StartRouterAsync();
        await one.LogIsAsync("ok");
        RecordedLoad.AssertOnRecord(load.Answers, one.Rows);
        Assert.Equal(0, (await one.Router.LogHealthAsync()).RowsLost);
        one.AssertSound();
    }

    [Fact]
    public async Task A_server_that_is_stopped_with_a_full_disk_says_how_much_is_lost()
    {
        await using var one = await OneRouter.StartAsync(diskSize: 64);
        var load = new Load(one.Router.Url, clients: 2);
        await load.ReceiveAsync(2);
        one.Disk!.Fill();
        await one.LogIsAsync("spooling");
        await load.ReceiveAsync(20);
        one.Router.AskToStop();
        Assert.Equal(0, await one.Router.EndAsync());
        await load.StopAsync();

        Assert.Matches("0 rows stay in the spool for the next start; [1-9][0-9]* rows, which were in memory alone, are lost", one.Router.Errors);
        one.Disk.MakeRoom();
        await one.StartRouterAsync();
        await one.LogIsAsync("ok");
        one.AssertSound();
    }

    [Fact]
    public async Task A_full_spool_loses_records_counts_them_and_says_so()
    {
        await using var one = await OneRouter.StartAsync(settings: ("audit.spoolMax", "1MB"));
        const int requests = 60;
        using (new LockedDatabase(one.Folder))
        {
            for (var number = 0; number < requests; number++)
            {
                using var client = await WireClient.ConnectAsync(one.Router.Url);
                await client.PostAsync("/v1/sink", $$"""{"model":"n{{number}}","input":"{{new string('x', 1_500_000)}}"}""");
                Assert.Equal(200, (await client.ReadAnswerAsync())!.Status);
            }

            var during = await one.LogIsAsync("spooling");
            Assert.InRange(during.RowsLost, 1, requests);
            Assert.InRange(during.BytesSpooled, 60 << 20, 66 << 20);
            Assert.Contains("THE SPOOL IS FULL", one.Router.Errors, StringComparison.Ordinal);
        }

        var after = await one.LogIsAsync("ok");
        Assert.Equal(2 * requests, after.RowsWritten + after.RowsLost);
        TestContext.Current.TestOutputHelper?.WriteLine($"peak {one.Router.PeakMemory} MB, {after}");
        Assert.InRange(one.Router.PeakMemory, 1, 400);
        Assert.Equal(Enumerable.Range(0, one.Rows.Count).Select(number => $"n{number}"), one.Rows.Select(row => row.Text("model")));
        var resumed = one.Log.Query("SELECT json_extract(detail, '$.rowsLost') AS lost FROM audit_events WHERE kind = 'resumed'").Single();
        Assert.Equal(after.RowsLost, resumed["lost"]);
        await one.Router.DisposeAsync();
        one.Database.MarkInterrupted();
        one.AssertSound();
    }

    private static string Chat(string model) => $$"""{"model":"{{model}}","stream":true,"messages":[]}""";
}
