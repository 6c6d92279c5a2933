using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite.Index;

namespace ProviderRouter.Tests.Questions;

/// <summary>The index while the log changes under it: what retention takes, what a backup brings back, answers that come late.</summary>
public sealed class IndexAndTimeTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly PastLog log;

    public IndexAndTimeTests() => log = new PastLog(folder);

    public void Dispose()
    {
        log.Dispose();
        folder.Dispose();
    }

    private string IndexPath => Path.Combine(folder.Data, "provider-router.index.db");

    [Fact]
    public void A_log_that_begins_anew_is_not_answered_from_the_index_of_the_old_one()
    {
        Add(100, 1, i => $"old{i} {new string('x', 40)} {string.Join(' ', Enumerable.Range(0, 5000))}");
        Index();
        using var later = new TestFolder();
        using var other = new PastLog(later);
        for (var i = 0; i < 300; i++)
        {
            other.Add(TimeSpan.FromDays(1), Body($"new{i} {string.Join(' ', Enumerable.Range(0, 5000))}"), "answer");
        }

        other.Write();
        Copy(IndexPath, Path.Combine(later.Data, "provider-router.index.db"));

        using (var reader = PastLog.Open(later).OpenLog())
        {
            Assert.StartsWith("new7 ", reader.ReadPrompt(reader.Read(8)!), StringComparison.Ordinal);
        }

        Index(later);
        using (var reader = PastLog.Open(later).OpenLog())
        {
            Assert.StartsWith("new7 ", reader.ReadPrompt(reader.Read(8)!), StringComparison.Ordinal);
            Assert.Equal([8], Ids(reader, "new7"));
            Assert.Empty(Ids(reader, "old7"));
        }
    }

    [Fact]
    public async Task What_came_after_a_backup_that_was_brought_back_is_found()
    {
        Add(300, 1, i => $"common{i}");
        Index();
        (await new Programs.Cli(folder).RunAsync("backup", Path.Combine(folder.Path, "saved.db"))).Exits(0);
        Add(100, 1, i => $"lost{i}");
        Index();

        using var later = new TestFolder();
        Directory.CreateDirectory(later.Data);
        File.Copy(Path.Combine(folder.Path, "saved.db"), later.Database);
        Copy(IndexPath, Path.Combine(later.Data, "provider-router.index.db"));
        using var other = new PastLog(later);
        for (var i = 0; i < 600; i++)
        {
            other.Add(TimeSpan.FromDays(1), Body($"again{i}"), "answer");
        }

        other.Write();
        Index(later);
        using var reader = PastLog.Open(later).OpenLog();
        Assert.Equal([308], Ids(reader, "again7"));
        Assert.Equal([8], Ids(reader, "common7"));
        Assert.Empty(Ids(reader, "lost7"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_left_of_a_part_is_found_by_its_words_and_not_by_reading_it(bool isIndexedBefore)
    {
        Add(4_200, 40, i => $"aged{i}");
        Add(400, 1, i => $"fresh{i} everywhere");
        if (isIndexedBefore)
        {
            Index();
        }

        Prune(isIndexedBefore ? new() { RecordsBefore = TimeSpan.FromDays(30) } : new() { BodiesBefore = TimeSpan.FromDays(30) });
        Index();
        using (var reader = PastLog.Open(folder).OpenLog())
        {
            Assert.Equal([4_208], Ids(reader, "fresh7"));
            Assert.Equal(400, Ids(reader, "everywhere").Count);
            Assert.Empty(Ids(reader, "aged7"));
        }

        // Were the log read, its words would be found where the index has none.
        Forget();
        using (var reader = PastLog.Open(folder).OpenLog())
        {
            Assert.Empty(Ids(reader, "everywhere"));
        }
    }

    [Fact]
    public void An_answer_that_retention_left_is_found()
    {
        var slow = log.AddOpen(TimeSpan.FromDays(40), Body("patience"));
        Add(400, 40, i => $"aged{i}");
        log.Add(TimeSpan.FromDays(1), Body("young"), "young answer");
        log.AddAnswer(slow, TimeSpan.FromDays(1), """{"content":"it was worth the wait"}""");
        Add(300, 1, i => $"fresh{i}");
        Index();

        Prune(new() { BodiesBefore = TimeSpan.FromDays(30) });
        for (var run = 0; run < 3; run++)
        {
            using var reader = PastLog.Open(folder).OpenLog();
            Assert.NotNull(reader.ReadBodies(1)!.Response);
            Assert.Null(reader.ReadBodies(1)!.Request);
            Assert.Equal([1], Ids(reader, "worth"));
            Assert.Empty(Ids(reader, "patience"));
            Assert.Empty(Ids(reader, "aged7"));
            Assert.Equal([402], Ids(reader, "young"));
            Index();
        }
    }

    [Fact]
    public void An_answer_that_came_late_is_indexed_and_read_no_more()
    {
        Add(400, 1, i => $"early{i}");
        var late = log.AddOpen(TimeSpan.FromDays(1), Body("question"));
        log.Write();
        Index();
        Assert.Equal(1L, Scalar("SELECT count(*) FROM open_texts"));
        log.AddAnswer(late, TimeSpan.Zero, """{"content":"latecomer"}""");
        log.Write();
        using var reader = PastLog.Open(folder).OpenLog();
        Assert.Equal([401], Ids(reader, "latecomer"));

        Index();
        Assert.Equal([401], Ids(reader, "question latecomer"));
        Assert.Equal(0L, Scalar("SELECT count(*) FROM open_texts"));
        Assert.Equal(1L, Scalar("SELECT count(*) FROM texts_0 WHERE texts_0 MATCH 'latecomer'"));
    }

    [Fact]
    public void What_retention_takes_while_the_index_is_built_is_gone_when_it_is()
    {
        Add(600, 40, i => $"agedmarker{i}");
        Add(1_500, 1, i => $"fresh{i}");
        using (var builder = IndexBuilder.TryStart(PastLog.Open(folder))!)
        {
            var batches = 0;
            builder.CatchUp(
                _ =>
                {
                    if (++batches == 2)
                    {
                        Prune(new() { BodiesBefore = TimeSpan.FromDays(30) });
                    }
                },
                CancellationToken.None);
        }

        Assert.Equal(0L, Scalar("SELECT count(*) FROM texts_0 WHERE texts_0 MATCH 'agedmarker*'"));
        using var reader = PastLog.Open(folder).OpenLog();
        Assert.Equal([608], Ids(reader, "fresh7"));
        Assert.Equal((0, true), PastLog.Open(folder).MissingInIndex());
    }

    [Fact]
    public void An_hour_that_comes_twice_is_shown_in_its_order()
    {
        var night = new DateTimeOffset(2025, 10, 26, 0, 30, 0, TimeSpan.Zero);
        for (var i = 0; i < 4; i++)
        {
            log.Add(TimeProvider.System.GetUtcNow() - night.AddHours(i - 1), Body("x"), "y");
        }

        log.Write();
        using var reader = PastLog.Open(folder).OpenLog();
        var report = reader.Stats(ExchangeFilter.All, StatsGrouping.Hour, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Equal(
            ["2025-10-26T01:00:00+02:00", "2025-10-26T02:00:00+02:00", "2025-10-26T02:00:00+01:00", "2025-10-26T03:00:00+01:00"],
            report.Groups.Select(group => group.Key));
    }

    [Fact]
    public async Task A_folder_in_its_place_keeps_nobody_from_anything()
    {
        Add(1_200, 40, i => $"aged{i}");
        Directory.CreateDirectory(IndexPath);
        File.WriteAllText(Path.Combine(IndexPath, "file"), "");
        var cli = new Programs.Cli(folder);

        Assert.Single((await cli.RunAsync("history", "--json", "--search", "aged7")).Exits(0).Json.AsArray());
        var refused = (await cli.RunAsync("db", "index")).Exits(1);
        Assert.Contains(IndexPath, refused.Errors, StringComparison.Ordinal);
        (await cli.RunAsync("db", "index", "--rebuild")).Exits(1);
        (await cli.RunAsync("prune", "--bodies-before", "30d")).Exits(0);
        var process = await ProgramStart.RunAsync(BuiltPrograms.Router, folder, ["index", "--data", folder.Data]);
        Assert.Equal(1, process.ExitCode);
        Assert.Single(process.Errors.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Damage_of_any_kind_makes_no_question_fail()
    {
        Add(700, 1, i => $"word{i} {new string('y', i % 50)} {(i % 20 == 0 ? string.Join(' ', Enumerable.Range(i, 5000)) : "")}");
        Index();
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var whole = File.ReadAllBytes(IndexPath);
        var random = new Random(3);
        for (var run = 0; run < 60; run++)
        {
            var bytes = (byte[])whole.Clone();
            for (var changes = random.Next(1, 200); changes > 0; changes--)
            {
                bytes[random.Next(100, bytes.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(IndexPath, bytes);
            using var reader = PastLog.Open(folder).OpenLog();
            _ = Ids(reader, "word7");
            _ = reader.Find(new ExchangeFilter { Provider = "echo", MinTokens = 1 }).Count();
            _ = reader.Stats(ExchangeFilter.All, StatsGrouping.Model, TimeZoneInfo.Utc);
            for (var id = 1; id < 700; id += 20)
            {
                _ = reader.ReadPrompt(reader.Read(id)!);
            }

            _ = PastLog.Open(folder).MissingInIndex();
        }
    }

    [Fact]
    public void Damage_of_single_values_makes_no_question_fail()
    {
        Add(700, 1, i => $"word{i} {(i == 0 ? string.Join(' ', Enumerable.Range(i, 5000)) : "")}");
        Index();
        foreach (var damage in new[]
        {
            "UPDATE columns SET data = unhex(printf('%016x05%05600d', 0, 0))", "UPDATE blocks SET count = 100000000", "UPDATE blocks SET count = -1",
            "UPDATE columns SET data = x'FFFFFFFFFFFFFF7F00'", "UPDATE columns SET data = x'FFFFFFFFFFFFFFFF00'", "UPDATE parts SET part = 99",
            "UPDATE parts SET through = -5", "DROP TABLE prompts", "DROP TABLE answers_left", "DROP TABLE names", "DELETE FROM bodies_gone",
        })
        {
            Execute(damage);
            using var reader = PastLog.Open(folder).OpenLog();
            _ = Ids(reader, "word7");
            _ = reader.Find(new ExchangeFilter { Provider = "echo", MinTokens = 1 }).Count();
            _ = reader.Stats(ExchangeFilter.All, StatsGrouping.Model, TimeZoneInfo.Utc);
            Assert.StartsWith("word0 ", reader.ReadPrompt(reader.Read(1)!), StringComparison.Ordinal);
            _ = PastLog.Open(folder).MissingInIndex();
            Array.ForEach(["", "-wal", "-shm"], end => File.Delete(IndexPath + end));
            Index();
        }
    }

    private static string Body(string said) => $$"""{"messages":[{"role":"user","content":"{{said}}"}]}""";

    private void Add(int count, int days, Func<int, string> say)
    {
        for (var i = 0; i < count; i++)
        {
            log.Add(TimeSpan.FromDays(days), Body(say(i)), "answer");
        }

        log.Write();
    }

    private void Prune(RetentionSettings retention) => Assert.NotNull(PastLog.Open(folder).Prune(retention, _ => { }, CancellationToken.None));

    private void Index() => Index(folder);

    private static void Index(TestFolder folder)
    {
        using var builder = IndexBuilder.TryStart(PastLog.Open(folder))!;
        builder.CatchUp(_ => { }, CancellationToken.None);
    }

    private static List<long> Ids(ProviderRouter.Storage.Sqlite.AuditLogReader reader, string typed) =>
        [.. reader.Find(new ExchangeFilter { Search = TextQuery.Parse(typed) }, oldestFirst: true).Select(record => record.Id)];

    private static void Copy(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from};Pooling=False");
        source.Open();
        using var command = source.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
        File.Copy(from, to);
    }

    /// <summary>Takes all words out of the index, and leaves it saying that it has them.</summary>
    private void Forget() => Execute(
        "DROP TABLE texts_0; CREATE VIRTUAL TABLE texts_0 USING fts5(words, content = '', detail = none, columnsize = 0, tokenize = 'ascii')");

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={IndexPath};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={IndexPath};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
