namespace ProviderRouter.Tests.Record;

/// <summary>How the log is kept is changed while the server runs, and is so from the next request on.</summary>
public sealed class ChangedSettingsTests
{
    [Fact]
    public async Task What_happens_in_an_outage_is_what_was_set_before_each_request()
    {
        await using var one = await OneRouter.StartAsync(settings: ("audit.failureWait", "100ms"));
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        foreach (var (value, state, status) in new[] { ("refuse", "refusing", 503), ("continue", "spooling", 200), ("refuse", "refusing", 503) })
        {
            await one.SetAsync("audit.onFailure", value);
            using (new LockedDatabase(one.Folder))
            {
                Assert.Equal(status, await ChatAsync(client, value));
                await one.LogIsAsync(state);
                Assert.Equal(status, await ChatAsync(client, value));
            }

            await one.LogIsAsync("ok");
            Assert.Equal(200, await ChatAsync(client, "afterwards"));
        }

        Assert.Equal(["afterwards", "continue", "continue", "afterwards", "afterwards"], one.Rows.Select(row => row.Text("model")));
        one.AssertSound();
    }

    [Fact]
    public async Task A_request_keeps_to_what_was_set_when_it_came()
    {
        await using var one = await OneRouter.StartAsync(settings: ("audit.failureWait", "100ms"));
        using var begunBefore = await WireClient.ConnectAsync(one.Router.Url);
        using var other = await WireClient.ConnectAsync(one.Router.Url);
        await begunBefore.PostAsync("/v1/chat/completions", """{"model":"trickle","stream":true,"messages":[]}""");
        await begunBefore.ReadUntilAsync(answer => answer.Body.Length > 0);
        await one.SetAsync("audit.onFailure", "refuse");
        Assert.Equal(200, await ChatAsync(other, "other"));
        using (new LockedDatabase(one.Folder))
        {
            Assert.Equal(503, await ChatAsync(other, "refused"));
            Assert.True((await begunBefore.ReadAnswerAsync())!.HasEnded);
        }

        await one.LogIsAsync("ok");
        Assert.Equal([("trickle", "ok"), ("other", "ok")], one.Rows.Select(row => (row.Text("model"), row.Text("outcome"))));
        one.AssertSound();
    }

    [Fact]
    public async Task The_next_request_is_kept_as_far_as_was_set()
    {
        await using var one = await OneRouter.StartAsync();
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        foreach (var (value, state) in new[] { ("10B", "cut"), ("1MB", "whole"), ("0B", "cut") })
        {
            await one.SetAsync("audit.maxBody", value);
            await ChatAsync(client, "fake-small");
            Assert.Equal(state, one.Rows[^1].Text("request_body_state"));
            Assert.Equal(state, one.Rows[^1].Text("response_body_state"));
        }

        one.AssertSound();
    }

    [Fact]
    public async Task What_need_not_survive_a_power_cut_survives_a_kill()
    {
        await using var one = await OneRouter.StartAsync();
        var load = new Load(one.Router.Url, clients: 4);
        await load.ReceiveAsync(20);
        await one.SetAsync("audit.durability", "process");
        await load.ReceiveAsync(100);
        await one.Router.DisposeAsync();
        await load.StopAsync();

        one.Database.MarkInterrupted();
        RecordedLoad.AssertOnRecord(load.Answers, one.Rows);
        one.AssertSound();
    }

    private static async Task<int> ChatAsync(WireClient client, string model)
    {
        await client.PostAsync("/v1/chat/completions", $$"""{"model":"{{model}}","messages":[]}""");
        var status = (await client.ReadAnswerAsync())!.Status;
        client.Next();
        return status;
    }
}
