using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Record;

/// <summary>The log cannot be written for 20 s under load. The four outages take place at the same time.</summary>
public sealed class OutageTests(OutageTests.Outages outages) : IClassFixture<OutageTests.Outages>
{
    private const int MemoryLimit = 200;

    [Theory]
    [InlineData("locked")]
    [InlineData("full")]
    public void With_continue_every_request_is_answered_and_in_the_log_afterwards_in_the_order_they_came(string kind)
    {
        var run = Show(outages.Continued[kind]);

        Assert.Equal(0, run.Broken);
        Assert.All(run.Answers, answer => Assert.Equal(200, answer.Whole.Status));
        Assert.Equal("spooling", run.During.State);
        Assert.True(run.During.RowsSpooled > 0);
        Assert.Equal(("ok", 0, 0, 0, 0), (run.After.State, run.After.RowsSpooled, run.After.BytesSpooled, run.After.RowsLost, run.After.RowsRefused));
        Assert.Equal(2 * run.Answers.Count, run.After.RowsWritten);

        RecordedLoad.AssertOnRecord(run.Answers, run.Rows);
        Assert.Equal(run.Answers.Count, run.Rows.Count);
        Assert.Contains("THE LOG CANNOT BE WRITTEN", run.Errors, StringComparison.Ordinal);
        Assert.Contains("The log is written again", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("locked")]
    [InlineData("full")]
    public void With_refuse_every_request_that_is_answered_or_forwarded_is_in_the_log(string kind)
    {
        var run = Show(outages.Refused[kind]);

        Assert.Equal("refusing", run.During.State);
        var refused = run.Answers.Where(answer => answer.Whole.Status != 200).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.Equal((503, "log_unavailable"),
            (answer.Whole.Status, (string?)JsonNode.Parse(answer.Whole.Body)!["error"]!["code"])));
        RecordedLoad.AssertOnRecord(run.Answers, run.Rows);
        var said = run.Rows.Select(row => row.Text("request_body")).ToHashSet();
        Assert.All(run.Forwarded.Where(request => request.Method == "POST"), request => Assert.Contains(request.BodyText, said));
        // Those that are there and were not answered well were cut off, and say so.
        Assert.InRange(run.Rows.Count(row => !Equals(row["outcome"], "ok")), 0, 4);
    }

    private static OutageRun Show(OutageRun run)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(run.ToString());
        Assert.InRange(run.PeakMemory, 1, MemoryLimit);
        Assert.Null(run.Verified.Fault);
        return run;
    }

    /// <summary>All four, by what is wrong with the database.</summary>
    public sealed class Outages : IAsyncLifetime
    {
        internal Dictionary<string, OutageRun> Continued { get; } = [];

        internal Dictionary<string, OutageRun> Refused { get; } = [];

        public async ValueTask InitializeAsync()
        {
            var runs = await Task.WhenAll(
                OutageRun.OfAsync("continue", isDiskFull: false), OutageRun.OfAsync("continue", isDiskFull: true),
                OutageRun.OfAsync("refuse", isDiskFull: false), OutageRun.OfAsync("refuse", isDiskFull: true));
            (Continued["locked"], Continued["full"], Refused["locked"], Refused["full"]) = (runs[0], runs[1], runs[2], runs[3]);
        }

        public ValueTask DisposeAsync() => default;
    }
}
