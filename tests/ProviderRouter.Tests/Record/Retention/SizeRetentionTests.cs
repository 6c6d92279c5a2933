namespace ProviderRouter.Tests.Record.Retention;

/// <summary><c>provider-cli prune --max-size</c>: the oldest bodies go, and records only once no body is left.</summary>
public sealed class SizeRetentionTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly RecordedLog log;

    public SizeRetentionTests() => log = new RecordedLog(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_oldest_bodies_go_until_the_database_is_small_enough()
    {
        Fill(500, i => LongText.Of(i));

        var removed = (await RunAsync("prune", "--max-size", "5MB", "--json")).Exits(0).Json;

        Assert.Equal(0, (int)removed["recordsRemoved"]!);
        // Not much more went than had to.
        Assert.InRange(new FileInfo(folder.Database).Length, 4 << 20, 5 << 20);
        Assert.Equal(new FileInfo(folder.Database).Length, (long)removed["bytesAfter"]!);
        var bodies = log.Query("SELECT request_body IS NOT NULL AS there FROM request_logs ORDER BY id").ConvertAll(row => row.Number("there"));
        Assert.Equal(bodies.Order(), bodies);
        Assert.Equal(500 - bodies.Sum(), (long)removed["bodiesRemoved"]!);
        Assert.Null(PastLog.Verify(folder).Fault);
        Assert.Equal("There was nothing to remove.\n", (await RunAsync("prune", "--max-size", "5MB")).Exits(0).Output);
    }

    [Fact]
    public async Task Where_younger_bodies_have_the_same_pieces_more_of_the_old_ones_go()
    {
        // As in a session: each body has all of the one before it.
        var session = "";
        Fill(100, i => i % 20 == 0 ? session = LongText.Of(i) : session += LongText.Of(i));

        (await RunAsync("prune", "--max-size", "1MB")).Exits(0);

        Assert.InRange(new FileInfo(folder.Database).Length, 512 << 10, 1 << 20);
        Assert.Equal(session, log.Query("SELECT request_body FROM request_logs ORDER BY id DESC LIMIT 1").Single().Text("request_body"));
        Assert.Null(PastLog.Verify(folder).Fault);
    }

    [Fact]
    public async Task Once_no_body_is_left_the_oldest_records_go()
    {
        Fill(4000, i => "");

        var removed = (await RunAsync("prune", "--max-size", "1MB", "--json")).Exits(0).Json;

        Assert.InRange((int)removed["recordsRemoved"]!, 500, 2000);
        Assert.InRange(new FileInfo(folder.Database).Length, 1, 1 << 20);
        Assert.Equal(4000L, log.Query("SELECT max(id) AS n FROM request_logs").Single()["n"]);
        Assert.Null(PastLog.Verify(folder).Fault);
    }

    [Fact]
    public async Task What_is_in_flight_stays_and_the_command_says_that_it_failed()
    {
        using var past = new PastLog(folder);
        var open = past.AddOpen(TimeSpan.Zero, LongText.Of(0));
        for (var i = 1; i < 100; i++)
        {
            past.Add(TimeSpan.Zero, LongText.Of(i));
        }

        past.Write();

        var result = (await RunAsync("prune", "--max-size", "1MB", "--json")).Exits(1);

        Assert.True((bool)result.Json["tooLarge"]!);
        Assert.Equal(open, (string?)result.Json["heldBy"]);
        Assert.Contains("1MB", result.Errors, StringComparison.Ordinal);
        Assert.Equal(100, log.Count());
    }

    private void Fill(int records, Func<int, string> question)
    {
        using var past = new PastLog(folder);
        for (var i = 0; i < records; i++)
        {
            past.Add(TimeSpan.FromSeconds(records - i), question(i));
        }
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
