namespace ProviderRouter.Tests.Record;

/// <summary>Two servers write to one database.</summary>
public sealed class SharedDatabaseTests
{
    [Fact]
    public async Task Two_servers_share_one_chain_also_when_both_had_an_outage_and_one_is_killed()
    {
        await using var one = await OneRouter.StartAsync();
        var first = one.Router;
        var second = await one.StartRouterAsync();
        var loads = new[] { new Load(first.Url, clients: 3), new Load(second.Url, clients: 3) };
        await Task.WhenAll(loads.Select(load => load.ReceiveAsync(150)));
        using (new LockedDatabase(one.Folder))
        {
            await one.LogIsAsync("spooling");
            await Task.WhenAll(loads.Select(load => load.ReceiveAsync(50)));
        }

        await one.LogIsAsync("ok");
        await Eventually.IsAsync("the first writes, too", async () => (await first.LogHealthAsync()).State == "ok");
        await Task.WhenAll(loads.Select(load => load.ReceiveAsync(50)));
        await first.DisposeAsync();
        await loads[1].ReceiveAsync(50);
        await Task.WhenAll(loads.Select(load => load.StopAsync()));
        one.Database.MarkInterrupted();

        foreach (var load in loads)
        {
            RecordedLoad.AssertOnRecord(load.Answers, one.Rows);
        }

        Assert.Equal(0, (await second.LogHealthAsync()).RowsLost);
        one.AssertSound();
    }

    [Fact]
    public async Task A_server_that_is_killed_in_an_outage_leaves_its_spool_though_another_goes_on()
    {
        await using var one = await OneRouter.StartAsync();
        var first = one.Router;
        var second = await one.StartRouterAsync();
        var loads = new[] { new Load(first.Url, clients: 2), new Load(second.Url, clients: 2) };
        using (new LockedDatabase(one.Folder))
        {
            await Eventually.IsAsync("the first spools", async () => (await first.LogHealthAsync()).State == "spooling");
            await Task.WhenAll(loads.Select(load => load.ReceiveAsync(40)));
            await first.DisposeAsync();
        }

        await one.LogIsAsync("ok");
        await loads[1].ReceiveAsync(40);
        await Task.WhenAll(loads.Select(load => load.StopAsync()));
        await one.StartRouterAsync();
        await one.LogIsAsync("ok");
        foreach (var load in loads)
        {
            RecordedLoad.AssertOnRecord(load.Answers, one.Rows);
        }

        one.AssertSound();
    }
}
