namespace ProviderRouter.Tests.Record.Exchange;

/// <summary><c>provider-cli db path</c> and <c>db status</c></summary>
public sealed class DbTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_path_stands_alone_and_nothing_is_made_for_it()
    {
        Assert.Equal($"{folder.Database}\n", (await RunAsync("db", "path")).Exits(0).Output);
        Assert.False(Directory.Exists(folder.Data));
        Assert.False((bool)(await RunAsync("db", "path", "--json")).Exits(0).Json["exists"]!);
        Assert.Contains("path", (await RunAsync("db")).Exits(2).Errors + (await RunAsync("db", "--help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_tells_rows_sizes_and_what_prune_would_free()
    {
        using (var past = new PastLog(folder))
        {
            for (var i = 0; i < 1500; i++)
            {
                past.Add(TimeSpan.FromDays(i < 750 ? 40 : 10), i % 3 == 0 ? LongText.Of(i) : $"question {i} {LongText.Of(7)[..600]}", "an answer", [1, 2, 3]);
            }
        }

        var about = (await RunAsync("db", "status", "--json")).Exits(0).Json;
        var exact = (await RunAsync("db", "status", "--full", "--json")).Exits(0).Json;

        Assert.Equal((1500, 1500, 2, "wal"), ((int)about["requests"]!, (int)about["answers"]!, (int)about["events"]!, (string?)about["journalMode"]));
        Assert.Equal(new FileInfo(folder.Database).Length, (long)about["files"]!["database"]!);
        foreach (var part in new[] { "requests", "answers", "bodies", "pieces", "eventStreams", "rest" })
        {
            Assert.InRange((double)about["parts"]![part]! / (double)exact["parts"]![part]!, 0.8, 1.25);
        }

        Assert.Equal((long)exact["bytes"]! - (long)exact["freeBytes"]!, exact["parts"]!.AsObject().Sum(part => (long)part.Value!));
        Assert.Equal(("provider-cli prune --bodies-before 30d", false, 0, 1500),
            ((string?)exact["prune"]!["command"], (bool)exact["prune"]!["bySettings"]!, (int)exact["prune"]!["records"]!, (int)exact["prune"]!["bodies"]!));
        Assert.True((long)exact["prune"]!["freedBytes"]! > 1 << 20);
        Assert.True((DateTimeOffset)exact["oldestRequest"]! < (DateTimeOffset)exact["newestRequest"]!);

        (await RunAsync("config", "set", "retention.recordsBefore", "30d")).Exits(0);
        var due = (await RunAsync("db", "status", "--json")).Exits(0).Json["prune"]!;
        Assert.Equal(("provider-cli prune", true, 750), ((string?)due["command"], (bool)due["bySettings"]!, (int)due["records"]!));
        var shown = (await RunAsync("db", "status")).Exits(0).Output;
        Assert.Matches("Due by settings +750 records and 0 bodies can go, about [0-9.]+ [KM]B\nNext: provider-cli prune\n$", shown);
    }

    [Fact]
    public async Task An_empty_database_has_a_status_too()
    {
        var empty = (await RunAsync("db", "status", "--json")).Exits(0).Json;
        Assert.Equal((0, null, 0), ((int)empty["requests"]!, (string?)empty["oldestRequest"], (int)empty["prune"]!["bodies"]!));
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
