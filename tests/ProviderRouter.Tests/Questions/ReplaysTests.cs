using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Tests.Questions;

/// <summary>Which exchanges repeat one: the same with the index, without it, and where it has a part.</summary>
public sealed class ReplaysTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly RandomLog log;
    private readonly List<string> replays = [];
    private string origin = "";

    public ReplaysTests() => log = new RandomLog(folder);

    public void Dispose()
    {
        log.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void They_are_found_wherever_they_are()
    {
        Write();
        var expected = Find();
        Assert.Equal((5, 0), (expected.Count, expected.Unseen));
        Assert.Equal(replays.AsEnumerable().Reverse().Take(3), expected.Newest.Select(record => record.RequestId));

        log.Index();
        AssertSame(expected, Find());
        // What is not in it yet.
        Add(origin);
        Assert.Equal(6, Find().Count);
        // A block that is not there any more: the log tells.
        Execute("DELETE FROM columns WHERE id < 16");
        Assert.Equal(6, Find().Count);
    }

    [Fact]
    public void An_index_that_has_no_origins_is_made_anew()
    {
        Write();
        log.Index();
        var expected = Find();
        // Another column in its place, as if it had another meaning.
        Execute("UPDATE columns SET data = (SELECT o.data FROM columns o WHERE o.id = columns.id - 1) WHERE id % 16 = 13; PRAGMA user_version = 2");
        AssertSame(expected, Find());
        log.Index();
        AssertSame(expected, Find());
    }

    [Fact]
    public void One_that_was_on_record_before_its_origin_is_found()
    {
        origin = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        log.Add(500);
        Add(origin);
        log.Add(500);
        log.Index();
        log.Append(Request(origin));
        log.Add(500);
        log.Index();

        Assert.Equal(replays, Find().Newest.Select(record => record.RequestId));
    }

    /// <summary>Five that repeat one, over two blocks.</summary>
    private void Write()
    {
        log.Add(100);
        origin = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        log.Append(Request(origin));
        for (var i = 0; i < 5; i++)
        {
            log.Add(900);
            Add(origin);
        }

        log.Add(500);
    }

    private void Add(string repeated)
    {
        replays.Add(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());
        log.Append(Request(replays[^1]) with { Replays = repeated });
    }

    private FoundReplays Find()
    {
        using var reader = log.Database.OpenLog();
        return reader.FindReplays(reader.Read(reader.Name(origin).Id!.Value)!, most: 3);
    }

    private static void AssertSame(FoundReplays expected, FoundReplays found) => Assert.Equal(
        (expected.Count, expected.Unseen, string.Join(' ', expected.Newest.Select(record => record.Id))),
        (found.Count, found.Unseen, string.Join(' ', found.Newest.Select(record => record.Id))));

    private static AuditRequest Request(string id) => new()
    {
        RequestId = id, At = TimeProvider.System.GetUtcNow(), Provider = "echo", Method = "POST", Endpoint = "/v1/chat/completions", Headers = AuditHeaders.None, Body = AuditBody.None,
    };

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={log.IndexPath};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
