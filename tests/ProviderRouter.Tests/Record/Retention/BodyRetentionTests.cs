namespace ProviderRouter.Tests.Record.Retention;

/// <summary><c>provider-cli prune --bodies-before</c>: bodies go, and rows, digests and the proof of them stay.</summary>
public sealed class BodyRetentionTests : IDisposable
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(40);
    private static readonly TimeSpan Young = TimeSpan.FromDays(20);

    private readonly TestFolder folder = new();
    private readonly RecordedLog log;

    public BodyRetentionTests() => log = new RecordedLog(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Bodies_that_are_too_old_go_and_their_rows_and_digests_stay()
    {
        using (var past = new PastLog(folder))
        {
            past.Add(Old, "an old question", "an old answer", [1, 2, 3]);
            past.Add(Old, LongText.Of(1), LongText.Of(2));
            past.Add(Young, "a young question", "a young answer", [4, 5, 6]);
        }

        var rows = log.Query("SELECT * FROM request_logs");
        var removed = (await RunAsync("prune", "--bodies-before", "30d", "--json")).Exits(0).Json;

        Assert.Equal(4, (int)removed["bodiesRemoved"]!);
        Assert.Equal(0, (int)removed["recordsRemoved"]!);
        Assert.Equal(rows.Take(2).Sum(row => row.Number("request_bytes") + row.Number("response_bytes")), (long)removed["bodyBytes"]!);
        var after = log.Query("SELECT * FROM request_logs");
        string[] bodies = ["request_body", "response_body", "response_event_stream", "request_body_state", "response_body_state"];
        foreach (var (was, now) in rows.Zip(after))
        {
            Assert.All(was.Names.Except(bodies), name => Assert.Equal(was[name], now[name]));
        }

        Assert.All(after.Take(2), row => Assert.All(bodies[..3], body => Assert.Null(row[body])));
        Assert.All(after.Take(2), row => Assert.Equal("pruned", row["request_body_state"]));
        Assert.All(bodies, body => Assert.Equal(rows[2][body], after[2][body]));
        var verified = PastLog.Verify(folder);
        Assert.Null(verified.Fault);
        Assert.Equal(4, verified.BodiesPruned);
        Assert.Equal(3, verified.Requests);
    }

    [Fact]
    public async Task Pieces_that_a_younger_body_has_as_well_stay()
    {
        var shared = LongText.Of(3);
        using (var past = new PastLog(folder))
        {
            past.Add(Old, shared + LongText.Of(4));
            past.Add(Young, shared + LongText.Of(5));
            past.Add(Old, LongText.Of(6), shared);
        }

        var pieces = Count("audit_pieces");
        var removed = (await RunAsync("prune", "--bodies-before", "30d", "--json")).Exits(0).Json;

        Assert.InRange((int)removed["piecesRemoved"]!, 1, pieces - 1);
        Assert.Equal(pieces - (int)removed["piecesRemoved"]!, Count("audit_pieces"));
        Assert.Null(PastLog.Verify(folder).Fault);
        // The third is older, but came after one that is not: the part that goes ends before that.
        Assert.Equal([null, shared + LongText.Of(5), LongText.Of(6)],
            log.Query("SELECT request_body FROM request_logs ORDER BY id").Select(row => row.Text("request_body")));
    }

    [Fact]
    public async Task The_file_shrinks_and_holds_nothing_of_what_was_removed()
    {
        using (var past = new PastLog(folder))
        {
            for (var i = 0; i < 200; i++)
            {
                past.Add(Old, $"needle{i} {LongText.Of(i)}", $"needle in a short answer");
            }

            past.Add(Young, "hay");
        }

        Assert.Contains("needle", await ReadFileAsync(), StringComparison.Ordinal);
        var before = new FileInfo(folder.Database).Length;
        var removed = (await RunAsync("prune", "--bodies-before", "30d", "--json")).Exits(0).Json;

        var after = new FileInfo(folder.Database).Length;
        Assert.Equal(before, (long)removed["bytesBefore"]!);
        Assert.Equal(after, (long)removed["bytesAfter"]!);
        Assert.InRange(after, 1, before / 4);
        Assert.DoesNotContain("needle", await ReadFileAsync(), StringComparison.Ordinal);
        Assert.Equal([folder.Database], Directory.GetFiles(folder.Data));
    }

    [Fact]
    public async Task What_was_removed_is_on_record_and_nothing_else_may_be()
    {
        using (var past = new PastLog(folder))
        {
            past.Add(Old, "an old question", "an old answer");
            past.Add(Young, LongText.Of(1), "a young answer");
        }

        (await RunAsync("prune", "--bodies-before", "30d")).Exits(0);

        var events = log.Query("SELECT kind, through, detail FROM audit_events WHERE kind LIKE '%pruned' ORDER BY seq");
        Assert.Equal(["bodies_pruned", "pruned"], events.Select(happened => happened["kind"]));
        Assert.Equal(3L, events[0]["through"]);
        Assert.Matches("""^{"cutoff":"20..-..-..T[0-9:.]+Z","lastRequest":1,"bodies":2,"bytes":28}$""", events[0].Text("detail"));
        Assert.Equal("""{"records":0,"bodies":2,"bytes":28,"pieces":0}""", events[1].Text("detail"));
        foreach (var statement in new[]
        {
            "UPDATE audit_requests SET body = NULL, body_parts = NULL WHERE id = 2",
            "UPDATE audit_responses SET body = NULL WHERE request = 2",
            "UPDATE audit_requests SET body = 'another' WHERE id = 1",
            "UPDATE audit_requests SET endpoint = 'another' WHERE id = 1",
            "DELETE FROM audit_requests WHERE id = 1",
            "DELETE FROM audit_responses WHERE request = 1",
            "DELETE FROM audit_events",
            "DELETE FROM audit_pieces",
        })
        {
            var error = Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => log.Execute(statement));
            Assert.Contains("append-only", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_nothing_is_old_enough_nothing_happens()
    {
        using (var past = new PastLog(folder))
        {
            past.Add(Young, "a young question");
        }

        var head = PastLog.Verify(folder).Head;

        Assert.Equal("There was nothing to remove.\n", (await RunAsync("prune", "--bodies-before", "30d", "--records-before", "1y")).Exits(0).Output);
        Assert.Equal(head.ToString(), PastLog.Verify(folder).Head.ToString());
    }

    private int Count(string table) => (int)log.Query($"SELECT count(*) AS n FROM {table}").Single().Number("n");

    private async Task<string> ReadFileAsync() => System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(folder.Database));

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
