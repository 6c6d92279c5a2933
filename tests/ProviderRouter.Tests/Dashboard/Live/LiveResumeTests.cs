namespace ProviderRouter.Tests.Dashboard.Live;

/// <summary>A feed that broke off goes on where it was, also after the server was killed.</summary>
public sealed class LiveResumeTests
{
    [Fact]
    public async Task After_the_server_was_killed_nothing_is_missing_and_nothing_there_twice()
    {
        await using var one = await OneRouter.StartAsync();
        var first = await LiveClient.OpenAsync(one.Router);
        await first.UntilAsync(() => first.Resets == 1);
        var load = new Load(one.Router.Url, clients: 8);
        await load.ReceiveAsync(200);
        await first.UntilAsync(() => first.Rows.Count > 50);
        await one.Router.DisposeAsync();
        await first.DrainAsync();
        await load.StopAsync();

        await one.StartRouterAsync();
        var more = new Load(one.Router.Url, clients: 4);
        using var second = await LiveClient.OpenAsync(one.Router, lastId: first.LastId);
        await more.ReceiveAsync(100);
        await more.StopAsync();
        var rows = one.Rows;
        await second.UntilAsync(() => second.Rows.ContainsKey((long)rows[^1]["id"]!) && second.Rows.Values.All(row => row["outcome"] is not null));

        Assert.Equal(0, second.Resets);
        var shown = first.Sent.Select(sent => sent.Id).Concat(second.Sent.Select(sent => sent.Id)).Distinct().Order().ToList();
        Assert.Equal(rows.Select(row => (long)row["id"]!), shown);
        // Each ended once, in one of the two; none that had ended came again.
        var ended = first.Sent.Concat(second.Sent).Where(sent => sent.Outcome is not null).Select(sent => sent.Id).ToList();
        Assert.Equal(ended.Distinct().Count(), ended.Count);
        Assert.Equal(rows.Count, ended.Count);
        first.Dispose();
    }

    [Fact]
    public async Task Who_was_away_for_long_gets_the_newest_instead()
    {
        await using var one = await OneRouter.StartAsync();
        using (var log = new PastLog(one.Folder))
        {
            for (var i = 0; i < 2500; i++)
            {
                log.Add(TimeSpan.Zero, "question", "answer");
            }
        }

        using var before = await LiveClient.OpenAsync(one.Router);
        await before.UntilAsync(() => before.Resets == 1);
        using var live = await LiveClient.OpenAsync(one.Router, lastId: $"1-2-{before.LastId.Split('-')[2]}");
        await live.UntilAsync(() => live.Resets == 1);
        Assert.Equal(200, live.Rows.Count);
        Assert.Equal((long)one.Rows[^1]["id"]!, live.Rows.Keys.Max());
    }

    [Fact]
    public async Task In_another_log_it_begins_anew_though_the_place_is_there_too()
    {
        await using var one = await OneRouter.StartAsync();
        await using var other = await OneRouter.StartAsync();
        foreach (var log in new[] { one, other })
        {
            using var past = new PastLog(log.Folder);
            past.Add(TimeSpan.Zero, "question", "answer");
        }

        using var first = await LiveClient.OpenAsync(one.Router);
        await first.UntilAsync(() => first.Resets == 1);
        using (var past = new PastLog(other.Folder))
        {
            past.Add(TimeSpan.Zero, "question", "answer");
        }

        using var second = await LiveClient.OpenAsync(other.Router, lastId: first.LastId);
        await second.UntilAsync(() => second.Resets == 1);
        Assert.Equal(other.Rows.Count, second.Rows.Count);
    }

    [Fact]
    public async Task What_was_answered_behind_a_place_is_open_there_and_ends_behind_it()
    {
        await using var one = await OneRouter.StartAsync();
        using var past = new PastLog(one.Folder);
        using var log = one.Database.OpenLog();
        using var tail = log.Follow();
        var start = tail.Place;
        var id = past.AddOpen(TimeSpan.Zero, "question");
        past.Write();
        Assert.Null(Assert.Single(tail.Step()!).Outcome);
        past.AddAnswer(id, TimeSpan.Zero, "answer");
        past.Write();

        using var late = log.Follow(start);
        Assert.Null(Assert.Single(late.Step(through: tail.Place)!).Outcome);
        Assert.Equal("ok", Assert.Single(late.Step()!).Outcome);
        Assert.Empty(late.Step()!);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1-2")]
    [InlineData("1-2-ffffffff")]
    [InlineData("999999-999999-")]
    [InlineData("-1--1")]
    [InlineData("99999999999999999999999-1")]
    public async Task A_place_that_is_none_begins_anew(string lastId)
    {
        await using var one = await OneRouter.StartAsync();
        using var live = await LiveClient.OpenAsync(one.Router, lastId: lastId);
        await live.UntilAsync(() => live.Resets == 1);
    }
}
