using System.Text.Json.Nodes;
using ProviderRouter.Tests.Gateway.Fallback;

namespace ProviderRouter.Tests.Gateway.Providers;

/// <summary>A client that waits for a stream's first token is sent comments, and then just what the provider sends.</summary>
public sealed class KeepAliveTests : IAsyncLifetime
{
    private const string Head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-own: kept\r\n";
    private const string Comment = ": waiting for the first token\n\n";
    private const string Role = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    private const string Token = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\n";
    private const string Done = "data: [DONE]\n\n";

    private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FallbackSetup setup = null!;
    private Func<System.Net.Sockets.Socket, Task> answer = _ => Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        setup = await FallbackSetup.StartAsync(
            (connection, number) => number == 0 ? FaultyUpstream.SayAsync(connection, FaultyUpstream.Good()) : answer(connection),
            provider => provider with { KeepAlive = TimeSpan.FromMilliseconds(50) });
        setup.Change(store => store.SetActive("lm-studio", []));
    }

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Comments_come_until_the_first_token_and_the_rest_is_the_provider_s(bool headFirst)
    {
        answer = async connection =>
        {
            if (headFirst)
            {
                await FaultyUpstream.SayAsync(connection, $"{Head}\r\n{Role}");
            }

            await goOn.Task;
            await FaultyUpstream.SayAsync(connection, headFirst ? $"{Token}{Done}" : $"{Head}\r\n{Role}{Token}{Done}");
            connection.Close();
        };
        using var client = await WireClient.ConnectAsync(setup.Router.Url);
        await client.PostAsync("/v1/chat/completions", FallbackSetup.Chat("waits", stream: true));
        await client.ReadUntilAsync(came => came.Body.Split(Comment).Length > 3);
        Assert.Equal(200, client.Answer!.Status);
        Assert.Equal("lm-studio", client.Answer.Headers["x-router-provider"]);
        goOn.SetResult();
        var whole = (await client.ReadAnswerAsync())!;

        Assert.True(whole.HasEnded);
        Assert.Equal($"{Role}{Token}{Done}", whole.Body.Replace(Comment, "", StringComparison.Ordinal));
        Assert.EndsWith($"{Token}{Done}", whole.Body, StringComparison.Ordinal);
        var row = setup.RowOf(whole);
        Assert.Equal("ok", row["outcome"]);
        Assert.Equal(whole.Body, row.Events);
        Assert.Equal("Hi", (string?)row.Answer["choices"]![0]!["message"]!["content"]);
    }

    [Fact]
    public async Task A_stream_that_is_quick_gets_none_and_its_own_headers()
    {
        setup.Change(store => store.Update(store.Find("lm-studio")! with { KeepAlive = TimeSpan.FromSeconds(60) }));
        answer = connection => FaultyUpstream.SayAsync(connection, $"{Head}content-length: {(Role + Token + Done).Length}\r\n\r\n{Role}{Token}{Done}");
        var whole = (await setup.AskAsync(stream: true))!;

        Assert.Equal($"{Role}{Token}{Done}", whole.Body);
        Assert.Equal("kept", whole.Headers["x-own"]);
        Assert.Equal("ok", setup.RowOf(whole)["outcome"]);
    }

    [Fact]
    public async Task An_error_after_a_comment_is_an_event()
    {
        answer = async connection =>
        {
            await goOn.Task;
            await FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(500, "{\n \"error\": {\"message\": \"no memory\"}\n}"));
        };
        var whole = await AskAndLetGoOnAsync();

        Assert.EndsWith("data: {\"error\":{\"message\":\"no memory\"}}\n\n", whole.Body, StringComparison.Ordinal);
        var row = setup.RowOf(whole);
        Assert.Equal(("upstream_error", 200L, 500L), (row["outcome"], row["status_code"], row["upstream_status"]));
        Assert.Equal("no memory", row["error"]);
    }

    [Fact]
    public async Task A_provider_that_breaks_off_after_a_comment_is_told_as_an_event_and_nobody_else_is_asked()
    {
        setup.Change(store => store.SetActive("lm-studio", ["qwen-proxy"]));
        answer = async connection =>
        {
            await goOn.Task;
            connection.Close();
        };
        var whole = await AskAndLetGoOnAsync();

        var last = whole.Body.Split("data: ")[^1];
        Assert.Equal("upstream_invalid", (string?)JsonNode.Parse(last)!["error"]!["code"]);
        Assert.Equal("unreachable", setup.RowOf(whole)["outcome"]);
        Assert.Empty(setup.Good.Requests);
    }

    [Fact]
    public async Task An_error_without_a_comment_passes_as_it_is_and_another_provider_may_answer()
    {
        setup.Change(store => store.Update(store.Find("lm-studio")! with { KeepAlive = TimeSpan.FromSeconds(60) }));
        answer = connection => FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(500, """{"error":{"message":"no memory"}}"""));
        var alone = (await setup.AskAsync(stream: true))!;
        setup.Change(store => store.SetActive("lm-studio", ["qwen-proxy"]));
        var helped = (await setup.AskAsync(stream: true))!;

        Assert.Equal((500, """{"error":{"message":"no memory"}}"""), (alone.Status, alone.Body));
        Assert.Equal("qwen-proxy", helped.Headers["x-router-provider"]);
    }

    [Fact]
    public async Task What_is_no_stream_is_left_alone()
    {
        answer = async connection =>
        {
            await goOn.Task;
            await FaultyUpstream.SayAsync(connection, FaultyUpstream.Good());
        };
        using var client = await WireClient.ConnectAsync(setup.Router.Url);
        await client.PostAsync("/v1/chat/completions", FallbackSetup.Chat("plain"));
        await Eventually.IsAsync("it was asked", () => setup.Faulty.Requests.Count > 1);
        for (var other = 0; other < 20; other++)
        {
            _ = await setup.Router.Client.GetStringAsync("health");
        }

        Assert.True(client.HasNothing);
        goOn.SetResult();
        Assert.Contains("studio says hello", (await client.ReadAnswerAsync())!.Body, StringComparison.Ordinal);
    }

    private async Task<WireAnswer> AskAndLetGoOnAsync()
    {
        using var client = await WireClient.ConnectAsync(setup.Router.Url);
        await client.PostAsync("/v1/chat/completions", FallbackSetup.Chat("waits", stream: true));
        await client.ReadUntilAsync(came => came.Body.Contains(Comment, StringComparison.Ordinal));
        goOn.SetResult();
        return (await client.ReadAnswerAsync())!;
    }
}
