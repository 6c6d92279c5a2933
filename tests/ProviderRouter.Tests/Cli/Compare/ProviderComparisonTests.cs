using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Cli.Compare;

/// <summary><c>provider-cli compare --from NAME --to NAME</c>: the counts are those of the answers as they are known.</summary>
public sealed class ProviderComparisonTests : IAsyncLifetime
{
    // What FakeUpstream's model "known" answers to them is known.
    private static readonly string[] Kinds = ["same", "own", "tools", "words", "fails"];

    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task Of_200_exchanges_that_are_replayed_each_names_its_origin_and_the_counts_are_right()
    {
        var origins = new List<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var id = await setup.SendToAsync("lm-studio", "known", stream: i % 2 == 0, say: $"{Kinds[i % 5]} {i} 漢字");
            lock (origins)
            {
                origins.Add(id);
            }
        });

        var replayed = (await setup.Cli.RunAsync("replay", "--since", "1h", "-n", "200", "--to", "qwen-proxy", "--parallel", "8", "--json")).Exits(1).Json;
        Assert.Equal((200, 160, 40, 0), ((int)replayed["sent"]!, (int)replayed["ok"]!, (int)replayed["failed"]!, (int)replayed["skipped"]!));
        Assert.Equal(origins.Order(), replayed["replays"]!.AsArray().Select(replay => (string)replay!["origin"]!).Order());
        var rows = setup.Log.Query(
            """
            SELECT o.request_id FROM request_logs n JOIN request_logs o ON o.request_id = n.replays
            WHERE n.provider = 'qwen-proxy' AND o.provider = 'lm-studio' AND n.request_sha256 = o.request_sha256 AND n.id > o.id
            """);
        Assert.Equal(origins.Order(), rows.Select(row => row.Text("request_id")).Order());
        Assert.Equal(400, setup.Log.Count());

        var compared = await setup.Cli.RunAsync("compare", "--from", "lm-studio", "--to", "qwen-proxy", "--since", "1h", "--json");
        AssertCounts(compared.Exits(0).Json, pairs: 200, replays: 200);
        var page = (await setup.Cli.RunAsync("compare", "--from", "LM-Studio", "--to", "qwen-proxy")).Exits(0).Output;
        Assert.Matches("Asked of both +200: 200 as replays, 0 with the same body", page);
        Assert.Matches("Failed +0 +40", page);
        (await setup.Cli.RunAsync("verify")).Exits(0);
    }

    [Fact]
    public async Task What_both_were_asked_by_themselves_is_paired_by_its_body_the_newest_of_each()
    {
        foreach (var provider in new[] { "qwen-proxy", "lm-studio", "qwen-proxy", "lm-studio" })
        {
            foreach (var kind in Kinds)
            {
                await setup.SendToAsync(provider, "known", say: $"{kind} 1");
            }
        }

        await setup.SendToAsync("lm-studio", "known", say: "same, but asked of one alone");
        await setup.SendToAsync("qwen-proxy", "known", say: "same, and asked of the other alone");

        var report = (await setup.Cli.RunAsync("compare", "--from", "lm-studio", "--to", "qwen-proxy", "--json")).Exits(0).Json;

        AssertCounts(report, pairs: 5, replays: 0);
        var newest = setup.Log.Query("SELECT max(request_id) AS id FROM request_logs WHERE model = 'known' GROUP BY provider, request_sha256 HAVING count(*) = 2")
            .Select(row => row.Text("id")).Order();
        Assert.Equal(newest, report["list"]!.AsArray().SelectMany(pair => new[] { (string)pair!["from"]!, (string)pair["to"]! }).Order());
        Assert.All(report["list"]!.AsArray(), pair => Assert.Equal("body", (string)pair!["by"]!));

        // Filters choose from what the second answered.
        var failed = (await setup.Cli.RunAsync("compare", "--from", "lm-studio", "--to", "qwen-proxy", "--status", "5xx", "--json")).Exits(0).Json;
        Assert.Equal((1, 1), ((int)failed["pairs"]!, (int)failed["to"]!["failed"]!));
    }

    [Fact]
    public async Task A_replay_that_has_the_same_body_is_one_pair_and_one_with_another_model_is_one_too()
    {
        var origin = await setup.SendToAsync("lm-studio", "known", say: "same 1");
        (await setup.Cli.RunAsync("replay", origin, "--to", "qwen-proxy")).Exits(0);
        (await setup.Cli.RunAsync("replay", origin, "--to", "qwen-proxy", "--model", "fake-large")).Exits(0);

        var report = (await setup.Cli.RunAsync("compare", "--from", "lm-studio", "--to", "qwen-proxy", "--json")).Exits(0).Json;

        Assert.Equal((2, 2), ((int)report["pairs"]!, (int)report["replays"]!));
        Assert.Equal(["different", "same"], report["list"]!.AsArray().Select(pair => (string)pair!["verdict"]!).Order());
        Assert.Equal(2 * FakeUpstream.FakeUsage.PromptTokens, (long)report["to"]!["promptTokens"]!);
    }

    [Theory]
    [InlineData("--from lm-studio", 2, "Compare what?")]
    [InlineData("", 2, "Compare what?")]
    [InlineData("last", 2, "two ids")]
    [InlineData("last last last", 2, "two ids")]
    [InlineData("last last --since 1h", 2, "not both")]
    [InlineData("last ffffffff", 1, "starts with 'ffffffff'")]
    [InlineData("--from lm-studi --to echo", 1, "Did you mean lm-studio?")]
    [InlineData("--from lm-studio --to echo", 0, "provider-cli replay --provider lm-studio --to echo -n 20")]
    public async Task What_cannot_be_compared_is_said(string options, int code, string expected)
    {
        await setup.SendToAsync("lm-studio", "known");

        var result = (await setup.Cli.RunAsync(["compare", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).Exits(code);

        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task On_a_terminal_no_line_of_the_pairs_is_wider_than_it()
    {
        var origin = await setup.SendToAsync("lm-studio", "known", say: "words 1");
        (await setup.Cli.RunAsync("replay", origin, "--to", "qwen-proxy")).Exits(0);

        foreach (var columns in new[] { 30, 80, 200 })
        {
            using var screen = Screen.Start(setup.Folder, "compare --from lm-studio --to qwen-proxy --list", columns);
            Assert.Equal(0, await screen.EndAsync());
            Assert.Contains("Faster", screen.Text, StringComparison.Ordinal);
            Assert.All(ScreenLines.Of(screen), line => Assert.True(ScreenLines.Width(line) <= columns, line));
        }
    }

    private static void AssertCounts(JsonNode report, int pairs, int replays)
    {
        var each = pairs / 5;
        Assert.Equal((pairs, replays), ((int)report["pairs"]!, (int)report["replays"]!));
        Assert.Equal($$"""{"same":{{2 * each}},"sameToolCalls":{{each}},"different":{{each}},"notCompared":{{each}}}""", report["answers"]!.ToJsonString());
        Assert.Equal((0, each), ((int)report["from"]!["failed"]!, (int)report["to"]!["failed"]!));
        // As the records have it.
        var list = report["list"]!.AsArray().Where(pair => (string?)pair!["fromOutcome"] == "ok" && (string?)pair["toOutcome"] == "ok").ToList();
        Assert.Equal(4 * each, list.Count);
        Assert.Equal(list.Count(pair => (double)pair!["toDurationMs"]! < (double)pair["fromDurationMs"]!), (int)report["to"]!["faster"]!);
        Assert.Equal(list.Count(pair => (double)pair!["toDurationMs"]! > (double)pair["fromDurationMs"]!), (int)report["from"]!["faster"]!);
        var durations = list.Select(pair => (double)pair!["toDurationMs"]!).Order().ToList();
        Assert.Equal(durations[(durations.Count - 1) / 2], (double)report["to"]!["medianDurationMs"]!);
        Assert.Equal(list.Sum(pair => (long?)pair!["toTokens"] ?? 0), (long)report["to"]!["promptTokens"]! + (long)report["to"]!["completionTokens"]!);
    }
}
