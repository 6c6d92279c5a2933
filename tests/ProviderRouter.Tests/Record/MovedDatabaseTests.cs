using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace ProviderRouter.Tests.Record;

/// <summary>The database's file is taken away while the server runs, and put back.</summary>
public sealed class MovedDatabaseTests
{
    [Theory]
    [InlineData("the file")]
    [InlineData("a copy")]
    [InlineData("a copy after a folder")]
    [InlineData("a copy after an empty file")]
    public async Task While_the_file_is_gone_requests_are_answered_and_all_are_in_the_log_when_it_is_back(string back)
    {
        await using var one = await OneRouter.StartAsync();
        await one.SetAsync("audit.maxBody", "1MB");
        var kept = Path.Combine(one.Folder.Path, "kept.db");
        var load = new Load(one.Router.Url, clients: 4, TimeSpan.FromMilliseconds(5));
        await load.ReceiveAsync(40);
        File.Move(one.Folder.Database, kept);
        var health = await one.LogIsAsync("spooling");
        Assert.Contains("is gone", health.Reason, StringComparison.Ordinal);
        await load.ReceiveAsync(40);

        if (back == "a copy after an empty file")
        {
            await File.WriteAllTextAsync(one.Folder.Database, "");
            await Eventually.IsAsync("it is none of ours", async () => (await one.Router.LogHealthAsync()).Reason!.Contains("is not a database", StringComparison.Ordinal));
            await load.ReceiveAsync(40);
        }
        else if (back == "a copy after a folder")
        {
            Directory.CreateDirectory(one.Folder.Database);
            await load.ReceiveAsync(40);
            Directory.Delete(one.Folder.Database);
        }

        if (back != "the file")
        {
            File.Copy(kept, kept += "-copy");
        }

        File.Move(kept, one.Folder.Database, overwrite: true);
        await one.LogIsAsync("ok");
        await load.ReceiveAsync(40);
        await load.StopAsync();

        // What is set from now on is set in the file that is there.
        await one.SetAsync("audit.maxBody", "10B");
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.PostAsync("/v1/chat/completions", """{"model":"cut","messages":[]}""");
        await client.ReadAnswerAsync();
        Assert.Equal("{\"model\":\"", one.Rows[^1].Text("request_body"));

        await one.Router.DisposeAsync();
        one.Database.MarkInterrupted();
        Assert.Equal(load.Answers.Count + 1, one.Rows.Count);
        RecordedLoad.AssertOnRecord(load.Answers, one.Rows);
        one.AssertSound();
    }

    [Fact]
    public async Task Programs_that_start_without_the_file_do_not_make_a_new_one_beside_its_last_records()
    {
        await using var one = await OneRouter.StartAsync();
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.PostAsync("/v1/chat/completions", """{"model":"fake-small","messages":[]}""");
        await client.ReadAnswerAsync();
        await one.Router.DisposeAsync();
        File.Move(one.Folder.Database, one.Folder.Database + ".kept");

        var status = (await new Programs.Cli(one.Folder).RunAsync("status")).Exits(1);
        Assert.Contains("is gone, but", status.Errors, StringComparison.Ordinal);
        File.Move(one.Folder.Database + ".kept", one.Folder.Database);
        Assert.Equal("ok", one.Rows.Single()["outcome"]);
        one.AssertSound();
    }

    [Fact]
    public async Task A_program_that_shuts_out_readers_too_holds_up_no_request()
    {
        await using var one = await OneRouter.StartAsync();
        var kept = one.Folder.Database + ".kept";
        var load = new Load(one.Router.Url, clients: 8);
        await load.ReceiveAsync(40);
        File.Move(one.Folder.Database, kept);
        File.Move(one.Folder.Database + "-wal", kept + "-wal");
        await one.LogIsAsync("spooling");
        // Now nobody else has it open.
        using (var other = new SqliteConnection($"Data Source={kept};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";
            command.ExecuteNonQuery();
            File.Move(kept + "-wal", one.Folder.Database + "-wal");
            File.Move(kept, one.Folder.Database);
            await Eventually.IsAsync("it is locked", async () => (await one.Router.LogHealthAsync()).Reason!.Contains("is locked", StringComparison.Ordinal));
            var began = Stopwatch.GetTimestamp();
            await load.ReceiveAsync(200);
            Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 20);
        }

        await one.LogIsAsync("ok");
        await load.StopAsync();
        RecordedLoad.AssertOnRecord(load.Answers, one.Rows);
        one.AssertSound();
    }
}
