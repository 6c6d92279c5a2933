using System.Diagnostics;
using System.Net;
using System.Text;

namespace ProviderRouter.Tests.Dashboard.Live;

/// <summary><c>/ui/live/events</c>: what goes on right now.</summary>
public sealed class LiveFeedTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task A_stream_is_there_while_it_is_open_says_how_far_it_is_and_ends()
    {
        await setup.SendToAsync("lm-studio", "before");
        using var live = await LiveClient.OpenAsync(setup.Router);
        await live.UntilAsync(() => live.Resets == 1);
        Assert.Equal("before", (string?)live.Rows.Values.Last()["model"]);

        using var slow = await setup.ChatAsync("stall", stream: true);
        var id = slow.Headers.GetValues("x-router-request-id").Single();
        await live.UntilAsync(() => live.Rows.Values.Any(row => (string?)row["requestId"] == id));
        var open = live.Rows.Values.Single(row => (string?)row["requestId"] == id);
        Assert.Null(open["outcome"]);
        Assert.Null(open["durationMs"]);

        await live.UntilAsync(() => live.Streams.Exists(stream => (string?)stream["requestId"] == id && stream["firstTokenMs"] is not null));
        var progress = live.Streams.Last(stream => (string?)stream["requestId"] == id);
        Assert.True((long)progress["bytes"]! > 0);
        Assert.True((int)progress["events"]! > 0);
        Assert.Equal("lm-studio", (string?)progress["provider"]);

        slow.Dispose();
        await live.UntilAsync(() => live.Rows[(long)open["id"]!]["outcome"] is not null);
        var ended = live.Rows[(long)open["id"]!];
        Assert.Equal("client_closed", (string?)ended["outcome"]);
        Assert.Equal(499, (int)ended["statusCode"]!);
        Assert.True((double)ended["durationMs"]! > 0);
        Assert.Equal([null, "client_closed"], live.Sent.Where(sent => sent.Id == (long)open["id"]!).Select(sent => sent.Outcome));
    }

    [Fact]
    public async Task A_stream_that_began_before_anybody_looked_says_how_far_it_is()
    {
        using var slow = await setup.ChatAsync("stall", stream: true);
        var id = slow.Headers.GetValues("x-router-request-id").Single();
        await setup.Log.WaitForAsync("request_id = $value", id);
        using var live = await LiveClient.OpenAsync(setup.Router, "?outcome=open");
        await live.UntilAsync(() => live.Streams.Exists(stream => (string?)stream["requestId"] == id));
        Assert.Equal(id, (string?)Assert.Single(live.Rows.Values)["requestId"]);

        // It leaves this list when it ends.
        slow.Dispose();
        await live.UntilAsync(() => live.Gone.Count > 0);
        Assert.Empty(live.Rows);
    }

    [Fact]
    public async Task Rows_come_in_the_order_in_which_they_came_in_and_each_ends_once()
    {
        using var live = await LiveClient.OpenAsync(setup.Router);
        await live.UntilAsync(() => live.Resets == 1);
        var ids = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            ids.Add(await setup.SendToAsync("lm-studio", $"model-{i}", stream: i % 2 == 0));
        }

        await live.UntilAsync(() => live.Rows.Values.Count(row => ids.Contains((string)row["requestId"]!) && row["outcome"] is not null) == ids.Count);
        Assert.Equal(ids, live.Rows.Values.Select(row => (string)row["requestId"]!).Where(ids.Contains));
        Assert.All(live.Sent.Where(sent => sent.Outcome is not null).GroupBy(sent => sent.Id), sent => Assert.Single(sent));
        Assert.Equal(live.Sent.Select(sent => sent.Id).Distinct().Order(), live.Sent.Select(sent => sent.Id).Distinct());
    }

    [Fact]
    public async Task Each_sees_what_its_filters_are_true_of()
    {
        using var errors = await LiveClient.OpenAsync(setup.Router, "?status=4xx&provider=LM-studio");
        using var words = await LiveClient.OpenAsync(setup.Router, "?search=" + Uri.EscapeDataString("\"needle in\" hay*"));
        using var other = await LiveClient.OpenAsync(setup.Router, "?provider=qwen-proxy&replays=none&min-tokens=1&since=1h&slower-than=&outcome=ok");
        await errors.UntilAsync(() => errors.Resets == 1);
        await words.UntilAsync(() => words.Resets == 1);
        await other.UntilAsync(() => other.Resets == 1);

        var plain = await setup.SendToAsync("lm-studio", "plain");
        var wrong = await setup.SendToAsync("lm-studio", "429");
        var found = await setup.SendToAsync("lm-studio", "plain", say: "a needle in the haystack");
        var proxied = await setup.SendToAsync("qwen-proxy", "plain");

        await errors.UntilAsync(() => errors.Rows.Count > 0);
        await words.UntilAsync(() => words.Rows.Values.Any(row => row["outcome"] is not null));
        await other.UntilAsync(() => other.Rows.Count > 0);
        Assert.Equal(wrong, (string?)Assert.Single(errors.Rows.Values)["requestId"]);
        Assert.Equal(found, (string?)Assert.Single(words.Rows.Values)["requestId"]);
        Assert.Equal(proxied, (string?)Assert.Single(other.Rows.Values)["requestId"]);
        Assert.DoesNotContain(plain, errors.Rows.Values.Concat(words.Rows.Values).Concat(other.Rows.Values).Select(row => (string?)row["requestId"]));
    }

    [Fact]
    public async Task What_another_program_writes_is_shown_too()
    {
        using var live = await LiveClient.OpenAsync(setup.Router);
        await live.UntilAsync(() => live.Resets == 1);
        using var log = new PastLog(setup.Folder);
        var id = log.AddOpen(TimeSpan.Zero, """{"prompt":"from elsewhere"}""");
        log.Write();
        await live.UntilAsync(() => live.Rows.Values.Any(row => (string?)row["requestId"] == id));
        log.AddAnswer(id, TimeSpan.Zero, "answer");
        log.Write();
        await live.UntilAsync(() => live.Rows.Values.Any(row => (string?)row["requestId"] == id && (string?)row["outcome"] == "ok"));
    }

    [Fact]
    public async Task What_is_wrong_with_the_filters_is_said_all_at_once()
    {
        using var answer = await setup.Client.GetAsync("ui/live/events?status=600&since=soon&outcome=great&slower-than=x&min-tokens=-1&search=..&replays=1&key=a&key=b");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split('\n');
        Assert.Equal(["key", "status", "outcome", "since", "slower-than", "min-tokens", "replays", "search"], lines.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task The_sixty_fifth_is_told_that_there_is_no_room_and_gets_in_when_one_leaves()
    {
        var viewers = new List<LiveClient>();
        for (var i = 0; i < 64; i++)
        {
            viewers.Add(await LiveClient.OpenAsync(setup.Router));
        }

        using (var answer = await setup.Client.GetAsync("ui/live/events"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("64", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        viewers[10].Dispose();
        await Eventually.IsAsync("a seat is free", async () =>
        {
            using var request = new System.Net.Http.HttpRequestMessage(System.Net.Http.HttpMethod.Get, "ui/live/events");
            using var answer = await setup.Client.SendAsync(request, System.Net.Http.HttpCompletionOption.ResponseHeadersRead);
            return answer.IsSuccessStatusCode;
        });
        viewers.ForEach(viewer => viewer.Dispose());
    }

    [Fact]
    public async Task The_server_ends_at_once_though_somebody_looks()
    {
        using var live = await LiveClient.OpenAsync(setup.Router);
        await live.UntilAsync(() => live.Resets == 1);
        var began = Stopwatch.GetTimestamp();
        setup.Router.AskToStop();
        Assert.Equal(0, await setup.Router.EndAsync());
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(3), $"It took {Stopwatch.GetElapsedTime(began)}.");
        await live.DrainAsync();
    }

    [Fact]
    public async Task Who_reads_nothing_holds_up_nobody_and_has_all_of_it_in_the_end()
    {
        using var stuck = await WireClient.ConnectAsync(setup.Router.Url);
        await stuck.SendAsync("GET /ui/live/events HTTP/1.1\r\nhost: localhost\r\n\r\n");
        await stuck.ReadUntilAsync(answer => answer.Body.Contains("event: reset", StringComparison.Ordinal));
        using var live = await LiveClient.OpenAsync(setup.Router);
        await live.UntilAsync(() => live.Resets == 1);
        using var log = new PastLog(setup.Folder);
        var ids = new List<string>();
        for (var round = 0; round < 40; round++)
        {
            for (var i = 0; i < 1000; i++)
            {
                ids.Add(log.Add(TimeSpan.Zero, "question", "answer"));
            }

            log.Write();
            // At once, though the other one takes nothing.
            await live.UntilAsync(() => live.Rows.Values.Any(row => (string?)row["requestId"] == ids[^1]));
        }

        Assert.True(setup.Router.PeakMemory < 400, $"{setup.Router.PeakMemory} MB");
        await stuck.ReadUntilAsync(answer => answer.Body.Contains(ids[^1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Older_rows_come_page_by_page()
    {
        using (var log = new PastLog(setup.Folder))
        {
            for (var i = 0; i < 1200; i++)
            {
                log.Add(TimeSpan.FromMinutes(1), "question", "answer");
            }
        }

        using var live = await LiveClient.OpenAsync(setup.Router, "?provider=echo");
        await live.UntilAsync(() => live.Resets == 1);
        Assert.Equal(200, live.Rows.Count);
        var oldest = live.Rows.Keys.Min();
        var older = new List<long>();
        for (var more = true; more;)
        {
            var page = System.Text.Json.Nodes.JsonNode.Parse(await setup.Client.GetStringAsync($"ui/live/rows?before={oldest}&provider=echo"))!;
            older.AddRange(page["rows"]!.AsArray().Select(row => (long)row!["id"]!));
            (oldest, more) = (older[^1], (bool)page["more"]!);
        }

        Assert.Equal(1000, older.Count);
        Assert.Equal(older.Order().Reverse(), older);
        Assert.DoesNotContain(older, live.Rows.ContainsKey);
        using var wrong = await setup.Client.GetAsync("ui/live/rows?before=last&status=x");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(2, (await wrong.Content.ReadAsStringAsync()).TrimEnd().Split('\n').Length);
    }
}
