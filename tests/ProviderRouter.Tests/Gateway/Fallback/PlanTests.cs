using System.Text;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Gateway.Fallback;

/// <summary>Who is asked next, who is left alone, and who is not asked at all.</summary>
public sealed class PlanTests
{
    private const string SlowDown = """{"error":{"message":"slow down"}}""";

    [Fact]
    public async Task A_provider_that_asks_for_a_short_wait_is_given_it_and_asked_again()
    {
        await using var setup = await FallbackSetup.StartAsync((connection, number) => FaultyUpstream.SayAsync(connection,
            number == 1 ? FaultyUpstream.Whole(429, SlowDown, "retry-after: 1\r\n") : FaultyUpstream.Good()));
        var answer = await setup.AskAsync();

        Assert.Equal("lm-studio", answer!.Headers["x-router-provider"]);
        Assert.Equal("lm-studio upstream_error 429, lm-studio ok 200", FallbackSetup.AttemptsIn(setup.RowOf(answer)));
        var (first, second) = (JsonNode.Parse(setup.RowOf(answer).Text("attempts")!)![0]!, JsonNode.Parse(setup.RowOf(answer).Text("attempts")!)![1]!);
        Assert.Equal("429: slow down", (string?)first["error"]);
        // The pause lies between them.
        Assert.InRange((double)second["startMs"]! - (double)first["startMs"]! - (double)first["durationMs"]!, 990, 60_000);
        Assert.InRange((double)second["startMs"]!, 990, (double)setup.RowOf(answer)["duration_ms"]!);
        Assert.InRange((double)setup.RowOf(answer)["duration_ms"]!, 1000, 60_000);
    }

    [Fact]
    public async Task A_provider_that_asks_for_a_long_one_is_left_alone_as_long()
    {
        await using var setup = await FallbackSetup.StartAsync((connection, _) => FaultyUpstream.SayAsync(connection,
            FaultyUpstream.Whole(429, SlowDown, "retry-after: 3600\r\n")));
        var (first, second) = (await setup.AskAsync(), await setup.AskAsync());

        Assert.Equal("lm-studio upstream_error 429, qwen-proxy ok 200", FallbackSetup.AttemptsIn(setup.RowOf(first!)));
        Assert.Equal("lm-studio skipped, qwen-proxy ok 200", FallbackSetup.AttemptsIn(setup.RowOf(second!)));
        var health = JsonNode.Parse(await setup.Router.Client.GetStringAsync("health"))!;
        Assert.Equal("""[{"provider":"lm-studio","state":"open"}]""", health["breakers"]!.ToJsonString());
    }

    [Fact]
    public async Task A_provider_that_keeps_failing_is_skipped_and_asked_again_once_it_is_well()
    {
        var isWell = false;
        await using var setup = await FallbackSetup.StartAsync(
            (connection, _) => FaultyUpstream.SayAsync(connection, isWell ? FaultyUpstream.Good() : FaultyUpstream.Whole(500, "")),
            provider => provider with { Retries = 0 });
        await setup.SetAsync("fallback.breakFor", "1s");
        Assert.Equal("lm-studio upstream_error 500, qwen-proxy ok 200", FallbackSetup.AttemptsIn(setup.RowOf((await setup.AskAsync())!)));
        await Eventually.IsAsync("it is passed over", async () =>
            FallbackSetup.AttemptsIn(setup.RowOf((await setup.AskAsync())!)) == "lm-studio skipped, qwen-proxy ok 200");
        isWell = true;
        await Eventually.IsAsync("it is asked again", async () => (await setup.AskAsync())!.Headers["x-router-provider"] == "lm-studio");
        // The client may have the answer before it is noted that it was one.
        await Eventually.IsAsync("that went well", async () =>
            JsonNode.Parse(await setup.Router.Client.GetStringAsync("health"))!["breakers"]!.ToJsonString() == "[]");
        var answer = await setup.AskAsync();
        Assert.Null(setup.RowOf(answer!)["attempts"]);
    }

    [Fact]
    public async Task Where_all_fail_the_client_gets_the_last_one_s_answer_unchanged()
    {
        await using var setup = await FallbackSetup.StartAsync((connection, _) =>
        {
            connection.Close();
            return Task.CompletedTask;
        });
        var answer = await setup.AskAsync("500");

        Assert.Equal(500, answer!.Status);
        Assert.Equal("qwen-proxy", answer.Headers["x-router-provider"]);
        using var direct = await WireClient.ConnectAsync(new Uri(setup.Good.BaseUrl));
        await direct.PostAsync("/v1/chat/completions", FallbackSetup.Chat("500"));
        Assert.Equal((await direct.ReadAnswerAsync())!.Body, answer.Body);
        Assert.Equal("lm-studio unreachable, lm-studio unreachable, qwen-proxy upstream_error 500, qwen-proxy upstream_error 500",
            FallbackSetup.AttemptsIn(setup.RowOf(answer)));
    }

    [Fact]
    public async Task Where_none_can_be_reached_the_client_is_told_of_each()
    {
        await using var setup = await FallbackSetup.StartAsync((connection, _) => FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(503, SlowDown)));
        await setup.Good.DisposeAsync();
        var answer = await setup.AskAsync();

        Assert.Equal(502, answer!.Status);
        var message = (string?)JsonNode.Parse(answer.Body)!["error"]!["message"];
        Assert.Contains("qwen-proxy cannot be reached", message, StringComparison.Ordinal);
        Assert.Contains("lm-studio (503: slow down)", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_rest_the_active_one_is_asked_all_the_same()
    {
        await using var setup = await FallbackSetup.StartAsync((connection, _) => FaultyUpstream.SayAsync(connection,
            FaultyUpstream.Whole(429, SlowDown, "retry-after: 3600\r\n")));
        setup.Change(store => store.SetActive("lm-studio", ["qwen-direct"]));
        setup.Change(store => store.Update(store.Find("qwen-direct")! with { BaseUrl = setup.Faulty.BaseUrl }));
        _ = await setup.AskAsync();
        var answer = await setup.AskAsync();

        Assert.Equal(429, answer!.Status);
        Assert.Equal("3600", answer.Headers["retry-after"]);
        Assert.Equal(SlowDown, answer.Body);
    }

    [Fact]
    public async Task A_client_that_names_a_provider_gets_that_one_or_none()
    {
        await using var setup = await FallbackSetup.StartAsync((connection, _) => FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(500, SlowDown)));
        var answer = await setup.AskAsync(headers: "x-router-provider: lm-studio\r\n");

        Assert.Equal(500, answer!.Status);
        Assert.Equal(SlowDown, answer.Body);
        Assert.Empty(setup.Good.Requests);
        Assert.Null(setup.RowOf(answer)["attempts"]);
    }

    [Fact]
    public async Task A_provider_alone_that_is_to_be_asked_again_is()
    {
        await using var setup = await FallbackSetup.StartAsync(
            (connection, number) => FaultyUpstream.SayAsync(connection, number < 3 ? FaultyUpstream.Whole(500, "") : FaultyUpstream.Good()),
            provider => provider with { Retries = 2 });
        setup.Change(store => store.SetActive("lm-studio", []));
        var answer = await setup.AskAsync();

        Assert.Equal(200, answer!.Status);
        Assert.Equal("lm-studio upstream_error 500, lm-studio upstream_error 500, lm-studio ok 200", FallbackSetup.AttemptsIn(setup.RowOf(answer)));
    }

    [Fact]
    public async Task A_client_that_leaves_ends_it()
    {
        var asked = new TaskCompletionSource();
        await using var setup = await FallbackSetup.StartAsync((connection, number) =>
        {
            // The first is the server's own, for its greeting.
            if (number == 0)
            {
                return FaultyUpstream.SayAsync(connection, FaultyUpstream.Good());
            }

            asked.TrySetResult();
            return connection.ReceiveAsync(new byte[1]);
        });
        using (var client = await WireClient.ConnectAsync(setup.Router.Url))
        {
            await client.PostAsync("/v1/chat/completions", FallbackSetup.Chat("leaves"));
            await asked.Task;
        }

        var row = await setup.Log.WaitForAsync("leaves");
        Assert.Equal("client_closed", row["outcome"]);
        Assert.Empty(setup.Good.Requests);
        Assert.Null(row["attempts"]);
    }

    [Fact]
    public async Task A_body_too_large_to_be_kept_is_not_sent_twice_and_the_error_is_passed_on()
    {
        await using var setup = await FallbackSetup.StartAsync((connection, _) => FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(500, SlowDown)));
        using var client = await WireClient.ConnectAsync(setup.Router.Url);
        await client.PostAsync("/v1/chat/completions", FallbackSetup.Chat(new string('m', 17 << 20)));
        var answer = await client.ReadAnswerAsync();

        Assert.Equal(500, answer!.Status);
        Assert.Equal(SlowDown, answer.Body);
        Assert.Empty(setup.Good.Requests);
    }

    [Theory]
    [InlineData("1KB", "application/json")]
    [InlineData("16MB", "application/octet-stream")]
    public async Task What_the_log_keeps_of_a_body_does_not_decide_whether_it_can_be_sent_again(string maxBody, string type)
    {
        await using var setup = await FallbackSetup.StartAsync((connection, _) => FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(500, SlowDown)));
        await setup.SetAsync("audit.maxBody", maxBody);
        using var client = await WireClient.ConnectAsync(setup.Router.Url);
        var body = FallbackSetup.Chat("fake-small").Replace("Hello", new string('h', 100_000), StringComparison.Ordinal);
        await client.SendAsync($"POST /v1/sink HTTP/1.1\r\nhost: localhost\r\ncontent-type: {type}\r\ncontent-length: {body.Length}\r\n\r\n{body}");
        var answer = await client.ReadAnswerAsync();

        Assert.Equal(200, answer!.Status);
        Assert.Equal(body, Encoding.UTF8.GetString(setup.Good.Requests.Single().Body!));
        var row = setup.RowOf(answer);
        Assert.Equal(body.Length, row.Number("request_bytes"));
        Assert.Equal(maxBody == "1KB" ? "cut" : "described", row["request_body_state"]);
        Assert.InRange(row.Text("request_body")!.Length, 1, 1024);
    }
}
