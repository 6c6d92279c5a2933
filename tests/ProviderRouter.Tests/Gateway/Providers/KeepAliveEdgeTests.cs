using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using ProviderRouter.Tests.Gateway.Fallback;

namespace ProviderRouter.Tests.Gateway.Providers;

/// <summary>Comments never harm what they stand between, and never cost the client an answer.</summary>
public sealed class KeepAliveEdgeTests : IAsyncLifetime
{
    private const string Head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";
    private const string Comment = ": waiting for the first token\n\n";
    private const string Events = "event: first\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FallbackSetup setup = null!;
    private Func<Socket, Task> answer = _ => Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        setup = await FallbackSetup.StartAsync(
            (connection, number) => number == 0 ? FaultyUpstream.SayAsync(connection, FaultyUpstream.Good()) : answer(connection),
            provider => provider with { KeepAlive = TimeSpan.FromMilliseconds(50), Retries = 0 });
        setup.Change(store => store.SetActive("lm-studio", []));
    }

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task An_event_of_which_a_line_has_come_is_not_ended_by_a_comment()
    {
        answer = async connection =>
        {
            await goOn.Task;
            await FaultyUpstream.SayAsync(connection, $"{Head}\r\n{Events[..13]}");
            for (var other = 0; other < 50; other++)
            {
                _ = await setup.Router.Client.GetStringAsync("health");
            }

            await FaultyUpstream.SayAsync(connection, Events[13..]);
            connection.Close();
        };
        var whole = await AskAndLetGoOnAsync();

        Assert.EndsWith(Comment + Events, whole.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_not_asked_for_packed_and_one_that_is_does_not_go_out_as_text()
    {
        answer = async connection =>
        {
            await goOn.Task;
            using var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            {
                await gzip.WriteAsync(Encoding.ASCII.GetBytes(Events), TestContext.Current.CancellationToken);
            }

            await FaultyUpstream.SayAsync(connection, $"{Head}content-encoding: gzip\r\n\r\n");
            await connection.SendAsync(packed.ToArray());
            connection.Close();
        };
        var whole = await AskAndLetGoOnAsync("accept-encoding: gzip\r\n");

        Assert.EndsWith("\n\n", whole.Body, StringComparison.Ordinal);
        Assert.Contains("data: {\"error\":", whole.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_without_a_body_is_an_event_too()
    {
        answer = async connection =>
        {
            await goOn.Task;
            await FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(503, ""));
        };
        var whole = await AskAndLetGoOnAsync();

        Assert.Contains("The provider answered 503", whole.Body, StringComparison.Ordinal);
        Assert.Equal("upstream_error", setup.RowOf(whole)["outcome"]);
    }

    [Fact]
    public async Task An_error_whose_end_is_slow_is_not_lost_between_comment_and_fallback()
    {
        setup.Change(store => store.SetActive("lm-studio", ["qwen-proxy"]));
        setup.Change(store => store.Update(store.Find("lm-studio")! with { KeepAlive = TimeSpan.FromMilliseconds(600) }));
        answer = connection => FaultyUpstream.SayAsync(connection, "HTTP/1.1 500 Any\r\ncontent-length: 1000\r\n\r\nhalf");
        var whole = (await setup.AskAsync(stream: true))!;

        Assert.Equal("qwen-proxy", whole.Headers["x-router-provider"]);
        Assert.Contains("data: [DONE]", whole.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_may_ask_sees_the_answer_that_a_comment_begins()
    {
        await setup.SetAsync("http.allowedOrigins", "http://page.test");
        answer = async connection =>
        {
            await goOn.Task;
            await FaultyUpstream.SayAsync(connection, $"{Head}\r\n{Events}");
            connection.Close();
        };
        var whole = await AskAndLetGoOnAsync("origin: http://page.test\r\n");

        Assert.Equal("http://page.test", whole.Headers.GetValueOrDefault("access-control-allow-origin"));
    }

    [Fact]
    public async Task What_the_log_keeps_of_a_body_does_not_decide_who_is_kept_alive()
    {
        await setup.SetAsync("audit.maxBody", "1KB");
        answer = async connection =>
        {
            await goOn.Task;
            await FaultyUpstream.SayAsync(connection, $"{Head}\r\n{Events}");
            connection.Close();
        };
        var whole = await AskAndLetGoOnAsync(model: new string('m', 2000));

        Assert.EndsWith(Events, whole.Body, StringComparison.Ordinal);
        Assert.StartsWith(Comment, whole.Body, StringComparison.Ordinal);
    }

    private async Task<WireAnswer> AskAndLetGoOnAsync(string headers = "", string model = "waits")
    {
        using var client = await WireClient.ConnectAsync(setup.Router.Url);
        await client.PostAsync("/v1/chat/completions", FallbackSetup.Chat(model, stream: true), headers);
        await client.ReadUntilAsync(came => came.Body.Contains(Comment, StringComparison.Ordinal) || came.HasEnded);
        goOn.TrySetResult();
        return (await client.ReadAnswerAsync())!;
    }
}
