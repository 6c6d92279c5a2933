using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace ProviderRouter.Tests.Gateway;

/// <summary>
/// 50 clients keep asking while <c>provider-cli set</c> flips between two providers: 1,000 times with the published programs,
/// 40 times with the built ones, whose every start costs a just-in-time compilation.
/// </summary>
public sealed class SwitchUnderLoadTests
{
    private const int Clients = 50;

    private static readonly int Flips = BuiltPrograms.ArePublished ? 1000 : 40;

    [Fact]
    public async Task Every_answer_comes_from_a_provider_that_was_active_during_its_request_and_none_fails()
    {
        await using var setup = await Setup.StartAsync();
        // From when a provider may be active (its `set` began) to when it no longer can be (the next `set` had ended).
        var periods = new ConcurrentQueue<(string Provider, long From, long Until)>();
        var answers = new ConcurrentQueue<(string RequestId, string Provider, string Upstream, long Asked, long Answered)>();
        using var stop = new CancellationTokenSource();
        var asking = Enumerable.Range(0, Clients).Select(_ => AskAsync(setup, answers, stop.Token)).ToArray();

        var (active, since) = ("lm-studio", 0L);
        for (var flip = 0; flip < Flips; flip++)
        {
            var next = active == "lm-studio" ? "qwen-proxy" : "lm-studio";
            var began = Stopwatch.GetTimestamp();
            (await setup.Cli.RunAsync("set", next)).Exits(0);
            periods.Enqueue((active, since, Stopwatch.GetTimestamp()));
            (active, since) = (next, began);
        }

        periods.Enqueue((active, since, long.MaxValue));
        await stop.CancelAsync();
        await Task.WhenAll(asking);

        Assert.True(answers.Count >= Clients, $"Only {answers.Count} answers.");
        var wrong = answers.Where(answer => !periods.Any(period =>
            period.Provider == answer.Provider && period.From <= answer.Answered && period.Until >= answer.Asked)).ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {answers.Count} answers came from a provider that was not active.");
        Assert.All(answers, answer => Assert.Equal(answer.Provider == "lm-studio" ? "studio" : "proxy", answer.Upstream));

        // The log says the same, and has nothing more and nothing less.
        var recorded = setup.Log.Query("SELECT request_id, provider, outcome, status_code FROM request_logs WHERE endpoint = '/v1/chat/completions'")
            .ToDictionary(row => row.Text("request_id")!, row => $"{row["provider"]} {row["outcome"]} {row["status_code"]}");
        Assert.Equal(answers.Count, recorded.Count);
        Assert.All(answers, answer => Assert.Equal($"{answer.Provider} ok 200", recorded[answer.RequestId]));
        TestContext.Current.TestOutputHelper?.WriteLine($"{Flips} flips, {answers.Count} answers, 0 wrong, 0 failed");
    }

    private static async Task AskAsync(
        Setup setup, ConcurrentQueue<(string, string, string, long, long)> answers, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var asked = Stopwatch.GetTimestamp();
            using var response = await setup.ChatAsync("fake-small");
            _ = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            answers.Enqueue((
                response.Headers.GetValues("x-router-request-id").Single(),
                response.Headers.GetValues("x-router-provider").Single(),
                response.Headers.GetValues("x-upstream-name").Single(),
                asked,
                Stopwatch.GetTimestamp()));
        }
    }
}
