using System.Net.Sockets;
using ProviderRouter.Providers;

namespace ProviderRouter.Tests.Gateway.Fallback;

/// <summary>Whatever a provider does wrong before the first byte of its answer has gone out, the next one answers, once and unmixed.</summary>
public sealed class FaultTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData("closes", "unreachable")]
    [InlineData("resets", "unreachable")]
    [InlineData("garbage", "unreachable")]
    [InlineData("half a head", "unreachable")]
    [InlineData("silent", "timeout")]
    [InlineData("silent after the head", "timeout 200")]
    [InlineData("429", "upstream_error 429")]
    [InlineData("500", "upstream_error 500")]
    [InlineData("503 without a body", "upstream_error 503")]
    [InlineData("500 without an end", "upstream_error 500")]
    [InlineData("tls", "unreachable")]
    [InlineData("refused", "unreachable")]
    [InlineData("no host", "unreachable")]
    public async Task A_provider_that_fails_is_asked_again_and_then_the_next(string fault, string outcome)
    {
        await using var setup = await FallbackSetup.StartAsync(
            (connection, _) => FailAsync(connection, fault), provider => Change(provider, fault));

        foreach (var stream in new[] { false, true })
        {
            var answer = await setup.AskAsync(stream: stream);

            Assert.Equal(200, answer!.Status);
            Assert.Equal("qwen-proxy", answer.Headers["x-router-provider"]);
            Assert.True(answer.HasEnded);
            Assert.Contains(stream ? "data: [DONE]" : "proxy says", answer.Body, StringComparison.Ordinal);
            var row = setup.RowOf(answer);
            Assert.Equal("qwen-proxy", row["provider"]);
            Assert.Equal("ok", row["outcome"]);
            Assert.Equal($"lm-studio {outcome}, lm-studio {outcome}, qwen-proxy ok 200", FallbackSetup.AttemptsIn(row));
        }

        Assert.Equal(2, setup.Good.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_ends_at_any_byte_gives_the_next_one_s_answer_or_the_beginning_of_this_one()
    {
        var whole = FaultyUpstream.Good();
        var head = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var cut = 0;
        await using var setup = await FallbackSetup.StartAsync(
            async (connection, _) =>
            {
                // The next one's may be set as soon as this one is there.
                var length = cut;
                await FaultyUpstream.SayAsync(connection, whole[..length]);
                if (length < whole.Length)
                {
                    connection.Close();
                }
            },
            provider => provider with { Retries = 0 });
        for (var length = 0; length < whole.Length; length++)
        {
            // One that goes well for each that fails: it is not left to rest.
            cut = whole.Length;
            var good = await setup.AskAsync();
            Assert.Equal("lm-studio", good!.Headers["x-router-provider"]);
            Assert.True(good.HasEnded);

            cut = length;
            var answer = await setup.AskAsync();
            var row = setup.RowOf(answer!);
            Assert.Equal(200, answer!.Status);
            if (length <= head)
            {
                Assert.Equal("qwen-proxy", answer.Headers["x-router-provider"]);
                Assert.True(answer.HasEnded);
                Assert.DoesNotContain("studio says", answer.Body, StringComparison.Ordinal);
                Assert.Equal("lm-studio unreachable, qwen-proxy ok 200", FallbackSetup.AttemptsIn(row).Replace("upstream_cut 200", "unreachable", StringComparison.Ordinal));
            }
            else
            {
                // The client has a part of it: nobody else may go on.
                Assert.Equal("lm-studio", answer.Headers["x-router-provider"]);
                Assert.False(answer.HasEnded);
                Assert.Equal(whole[head..length], answer.Body);
                Assert.Equal("upstream_cut", row["outcome"]);
            }
        }
    }

    private static Provider Change(Provider provider, string fault) => fault switch
    {
        "tls" => provider with { BaseUrl = provider.BaseUrl.Replace("http://", "https://", StringComparison.Ordinal) },
        "refused" => provider with { BaseUrl = "http://127.0.0.1:1/v1" },
        "no host" => provider with { BaseUrl = "http://no-such-host.invalid/v1" },
        "silent" or "silent after the head" => provider with { IdleTimeout = Short },
        _ => provider,
    };

    private static async Task FailAsync(Socket connection, string fault)
    {
        switch (fault)
        {
            case "closes":
                connection.Close();
                break;
            case "resets":
                FaultyUpstream.Reset(connection);
                break;
            case "garbage":
                await FaultyUpstream.SayAsync(connection, "\u0001\u0002 what is this\r\n\r\n");
                connection.Close();
                break;
            case "half a head":
                await FaultyUpstream.SayAsync(connection, "HTTP/1.1 200 OK\r\ncontent-ty");
                connection.Close();
                break;
            case "silent after the head":
                await FaultyUpstream.SayAsync(connection, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n");
                break;
            case "429":
                await FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(429, """{"error":{"message":"slow down"}}"""));
                break;
            case "500":
                await FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(500, "not json"));
                break;
            case "503 without a body":
                await FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(503, ""));
                break;
            case "500 without an end":
                await FaultyUpstream.SayAsync(connection, "HTTP/1.1 500 Any\r\ncontent-length: 1000\r\n\r\nhalf");
                break;
        }
    }
}
