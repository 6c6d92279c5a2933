using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Settings;

namespace ProviderRouter.Tests.Record.Retention;

/// <summary>Pieces of bodies go when nothing has them any more, whatever is written meanwhile.</summary>
public sealed class SharedPiecesTests : IDisposable
{
    private const int Records = 2000;

    private readonly TestFolder folder = new();
    private readonly RecordedLog log;

    public SharedPiecesTests() => log = new RecordedLog(folder);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(PruneStage.Bodies)]
    [InlineData(PruneStage.Pieces)]
    public void A_body_that_comes_while_its_pieces_are_about_to_go_is_kept_whole(PruneStage stage)
    {
        Fill();
        using var server = new PastLog(folder);
        var came = 0;

        var report = PastLog.Open(folder).Prune(
            new RetentionSettings { BodiesBefore = TimeSpan.FromDays(30) },
            progress =>
            {
                // Between two steps, the first of which removed pieces from the beginning on; these are of the last.
                if (progress.Stage == stage && progress.Done < progress.Total && came < 50)
                {
                    came++;
                    server.Add(TimeSpan.Zero, LongText.Of(Records - came), LongText.Of(came));
                    server.Write();
                }
            },
            CancellationToken.None);

        Assert.InRange(came, 2, 50);
        Assert.Equal(Records, report!.Bodies);
        Assert.Null(PastLog.Verify(folder).Fault);
        var bodies = log.Query($"SELECT request_body, response_body FROM request_logs WHERE id > {Records} ORDER BY id");
        Assert.Equal(came, bodies.Count);
        for (var i = 0; i < came; i++)
        {
            Assert.True(LongText.Of(Records - i - 1) == bodies[i].Text("request_body"), $"Request {i} is not what it was.");
            Assert.True(LongText.Of(i + 1) == bodies[i].Text("response_body"), $"Answer {i} is not what it was.");
        }
    }

    [Fact]
    public void Once_retention_is_through_no_piece_can_be_deleted()
    {
        Fill();
        using (var past = new PastLog(folder))
        {
            past.Add(TimeSpan.Zero, LongText.Of(1));
        }

        PastLog.Open(folder).Prune(new RetentionSettings { BodiesBefore = TimeSpan.FromDays(30) }, _ => { }, CancellationToken.None);

        var error = Assert.Throws<SqliteException>(() => log.Execute("DELETE FROM audit_pieces WHERE id = (SELECT min(id) FROM audit_pieces)"));
        Assert.Contains("append-only", error.Message, StringComparison.Ordinal);
        Assert.True(LongText.Of(1) == log.Query("SELECT request_body FROM request_logs ORDER BY id DESC LIMIT 1").Single().Text("request_body"));
    }

    [Theory]
    [InlineData("DROP TRIGGER audit_requests_no_update; UPDATE audit_requests SET body_parts = '[[1,' WHERE id = 1800")]
    [InlineData("DROP TRIGGER audit_responses_no_delete; DELETE FROM audit_responses WHERE request = 1000")]
    public void Where_the_log_was_tampered_with_nothing_is_removed_that_would_be_missed(string tampering)
    {
        using (var past = new PastLog(folder))
        {
            for (var i = 0; i < Records; i++)
            {
                past.Add(TimeSpan.FromDays(i < 1000 ? 40 : 20), LongText.Of(i));
            }
        }

        log.Execute(tampering);
        var pieces = log.Query("SELECT count(*) AS n FROM audit_pieces").Single().Number("n");

        var error = Assert.Throws<SetUpException>(() =>
            PastLog.Open(folder).Prune(new RetentionSettings { RecordsBefore = TimeSpan.FromDays(30) }, _ => { }, CancellationToken.None));

        Assert.Contains("provider-cli verify", error.Message, StringComparison.Ordinal);
        Assert.Equal(pieces, log.Query("SELECT count(*) AS n FROM audit_pieces").Single().Number("n"));
        Assert.NotNull(PastLog.Verify(folder).Fault);
    }

    [Fact]
    public void No_piece_gets_the_id_of_one_that_is_gone()
    {
        Fill();
        var last = log.Query("SELECT max(id) AS n FROM audit_pieces").Single().Number("n");

        PastLog.Open(folder).Prune(new RetentionSettings { RecordsBefore = TimeSpan.FromDays(30) }, _ => { }, CancellationToken.None);
        using (var past = new PastLog(folder))
        {
            past.Add(TimeSpan.Zero, LongText.Of(-1));
        }

        var ids = log.Query("SELECT id FROM audit_pieces ORDER BY id").ConvertAll(row => row.Number("id"));
        Assert.Equal(last, ids[0]);
        Assert.Null(PastLog.Verify(folder).Fault);
    }

    private void Fill()
    {
        using var past = new PastLog(folder);
        for (var i = 0; i < Records; i++)
        {
            past.Add(TimeSpan.FromDays(40), LongText.Of(i));
        }
    }
}
