using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli prune</c> as it is typed.</summary>
public sealed class PruneTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--bodies-before 30d --json")]
    [InlineData("--records-before 30d --json")]
    [InlineData("--records-before 50d --bodies-before 30d --json")]
    public async Task A_dry_run_changes_nothing_and_says_what_would_go(string options)
    {
        Fill();
        var bytes = await File.ReadAllBytesAsync(folder.Database);
        var foreseen = (await RunAsync(["prune", "--dry-run", .. options.Split(' ')])).Exits(0).Json;
        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder.Database));

        var removed = (await RunAsync(["prune", .. options.Split(' ')])).Exits(0).Json;
        Assert.True((bool)foreseen["dryRun"]!);
        Assert.False((bool)removed["dryRun"]!);
        foreach (var same in new[] { "recordsRemoved", "bodiesRemoved", "bodyBytes", "piecesRemoved", "bytesBefore", "oldestRecord", "oldestBody", "tooLarge" })
        {
            Assert.Equal(removed[same]?.ToJsonString(), foreseen[same]?.ToJsonString());
        }

        AssertNear(removed["bytesAfter"], foreseen["bytesAfter"]);
        Assert.True((long)removed["recordsRemoved"]! + (long)removed["bodiesRemoved"]! > 0);
    }

    [Fact]
    public async Task A_dry_run_estimates_what_it_takes_to_become_small_enough()
    {
        Fill();

        var foreseen = (await RunAsync("prune", "--dry-run", "--max-size", "2MB", "--json")).Exits(0).Json;
        var removed = (await RunAsync("prune", "--max-size", "2MB", "--json")).Exits(0).Json;

        AssertNear(removed["bodiesRemoved"], foreseen["bodiesRemoved"]);
        AssertNear(removed["piecesRemoved"], foreseen["piecesRemoved"]);
        AssertNear(removed["bytesAfter"], foreseen["bytesAfter"]);
    }

    [Fact]
    public async Task Without_options_the_settings_count_and_where_there_are_none_it_says_so()
    {
        using (var past = new PastLog(folder))
        {
            past.Add(TimeSpan.FromDays(40), "an old question", "an old answer");
            past.Add(TimeSpan.FromDays(20), "a young question", "a young answer");
        }

        var refused = (await RunAsync("prune")).Exits(2);
        Assert.Contains("provider-cli config set retention.bodiesBefore 30d", refused.Errors, StringComparison.Ordinal);
        Assert.Single(refused.Errors.TrimEnd().Split('\n'));

        (await RunAsync("config", "set", "retention.bodiesBefore", "30d")).Exits(0);
        // What is typed counts alone.
        Assert.Equal(0, (int)(await RunAsync("prune", "--records-before", "1y", "--json")).Exits(0).Json["bodiesRemoved"]!);
        Assert.Equal(2, (int)(await RunAsync("prune", "--json")).Exits(0).Json["bodiesRemoved"]!);
    }

    [Fact]
    public async Task It_says_what_it_did()
    {
        using (var past = new PastLog(folder))
        {
            past.Add(TimeSpan.FromDays(400), "an old question", "an old answer");
            past.Add(TimeSpan.FromDays(40), LongText.Of(1), "an old answer");
        }

        var result = (await RunAsync("prune", "--bodies-before", "30d", "--records-before", "1y")).Exits(0);

        Assert.Matches(
            """
            ^Records removed +1
            Bodies removed +2, 20 KB as they were sent
            Database file +[0-9]+ KB → [0-9]+ KB
            Oldest record left +[-0-9: ]+
            Oldest bodies left +-
            $
            """, result.Output);
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData("--bodies-before 30", "--bodies-before takes an age from 1m to 100y")]
    [InlineData("--bodies-before off", "not 'off'")]
    [InlineData("--records-before 1M", "not '1M'")]
    [InlineData("--max-size 10KB", "--max-size takes a size of at least 1MB")]
    [InlineData("--max-size off", "for example 5GB")]
    [InlineData("--max-size", "--max-size")]
    public async Task What_is_no_age_or_size_is_refused_and_nothing_is_done(string options, string expected)
    {
        var result = (await RunAsync(["prune", .. options.Split(' ')])).Exits(2);

        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.False(File.Exists(folder.Database));
    }

    [Fact]
    public async Task Where_somebody_else_prunes_it_says_so()
    {
        using (var past = new PastLog(folder))
        {
            past.Add(TimeSpan.FromDays(40), "an old question", "an old answer");
        }

        await using (new FileStream(folder.Database + "-prune", FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            var refused = (await RunAsync("prune", "--bodies-before", "30d")).Exits(1);
            Assert.Contains("Another program", refused.Errors, StringComparison.Ordinal);
            // This one disturbs nobody.
            Assert.Equal(2, (int)(await RunAsync("prune", "--bodies-before", "30d", "--dry-run", "--json")).Exits(0).Json["bodiesRemoved"]!);
        }

        Assert.Equal(2, (int)(await RunAsync("prune", "--bodies-before", "30d", "--json")).Exits(0).Json["bodiesRemoved"]!);
    }

    [Fact]
    public async Task Several_at_once_remove_everything_once()
    {
        using (var past = new PastLog(folder))
        {
            for (var i = 0; i < 300; i++)
            {
                past.Add(TimeSpan.FromDays(40), LongText.Of(i));
            }
        }

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunAsync("prune", "--bodies-before", "30d", "--json")));

        Assert.All(results, result => Assert.True(result.ExitCode == 0 || result.Errors.StartsWith("Another program", StringComparison.Ordinal), result.Errors));
        Assert.Equal(300, results.Where(result => result.ExitCode == 0).Sum(result => (int)result.Json["bodiesRemoved"]!));
        Assert.Null(PastLog.Verify(folder).Fault);
    }

    private void Fill()
    {
        using var past = new PastLog(folder);
        for (var i = 0; i < 200; i++)
        {
            past.Add(TimeSpan.FromDays(i < 50 ? 60 : i < 100 ? 40 : 20), LongText.Of(i) + LongText.Of(i + 1), "an answer", [1, 2, 3]);
        }
    }

    private static void AssertNear(JsonNode? expected, JsonNode? actual) => Assert.InRange((double)actual! / (double)expected!, 0.7, 1.4);

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
