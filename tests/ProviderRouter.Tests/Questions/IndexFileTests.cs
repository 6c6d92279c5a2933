using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite.Index;

namespace ProviderRouter.Tests.Questions;

/// <summary>The index is a file that may be missing, old, foreign, damaged or busy: answers are right all the same.</summary>
public sealed class IndexFileTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly RandomLog log;

    public IndexFileTests() => log = new RandomLog(folder);

    public void Dispose()
    {
        log.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_search_indexes_what_is_missing_first()
    {
        log.Add(1_500);
        Assert.False(File.Exists(log.IndexPath));

        Assert.NotEmpty((await new Programs.Cli(folder).RunAsync("history", "--json", "--search", "alpha")).Exits(0).Json.AsArray());

        Assert.True(new FileInfo(log.IndexPath).Length > 0);
        Assert.Equal((0, true), log.Database.MissingInIndex());
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(log.IndexPath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void It_can_be_deleted_and_cut_and_filled_with_anything()
    {
        log.Add(3_000);
        var expected = Ask();
        log.Index();
        Assert.Equal(expected, Ask());

        foreach (var damage in new Action[]
        {
            log.DeleteIndex,
            () => { log.DeleteIndex(); File.WriteAllBytes(log.IndexPath, []); },
            () => { log.DeleteIndex(); File.WriteAllText(log.IndexPath, new string('x', 20_000)); },
            () => { log.DeleteIndex(); log.Index(); Checkpoint(); File.WriteAllBytes(log.IndexPath, File.ReadAllBytes(log.IndexPath)[..40_000]); },
            () => { log.DeleteIndex(); log.Index(); Checkpoint(); Scribble(); },
            () => Execute("DELETE FROM columns"),
            () => Execute("UPDATE columns SET data = x'00'"),
            () => Execute("DROP TABLE texts_0"),
            () => Execute("PRAGMA user_version = 99"),
        })
        {
            damage();
            Assert.Equal(expected, Ask());
            log.Index();
            Assert.Equal(expected, Ask());
            log.DeleteIndex();
            log.Index();
        }
    }

    [Fact]
    public void That_of_another_log_is_not_asked()
    {
        log.Add(3_000);
        log.Index();
        Checkpoint();
        var foreign = File.ReadAllBytes(log.IndexPath);

        using var otherFolder = new TestFolder();
        using var other = new RandomLog(otherFolder);
        other.Add(10);
        other.Add(3_000);
        File.WriteAllBytes(other.IndexPath, foreign);
        using var reader = other.Database.OpenLog();
        var expected = reader.Find(ExchangeFilter.All).Count(record => record.Provider == "openai");
        Assert.Equal(expected, reader.Find(new ExchangeFilter { Provider = "openai" }).Count());

        other.Index();
        Assert.Equal(expected, reader.Find(new ExchangeFilter { Provider = "openai" }).Count());
        Assert.NotEqual(foreign, File.ReadAllBytes(other.IndexPath));
    }

    [Fact]
    public async Task A_builder_that_is_killed_again_and_again_comes_to_the_end()
    {
        log.Add(12_000);
        var kills = 0;
        // The published program starts in no time.
        for (var wait = 20; log.Database.MissingInIndex().Missing > 0; wait += 20)
        {
            using var process = ProgramStart.StartOpen(BuiltPrograms.Router, folder, ["index", "--data", folder.Data]);
            using var limit = new CancellationTokenSource(wait);
            try
            {
                await Eventually.IsAsync("it is through", () => Task.FromResult(limit.IsCancellationRequested || log.Database.MissingInIndex().Missing == 0));
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync();
                kills++;
            }
        }

        Assert.InRange(kills, 2, 200);
        var found = Ask();
        log.DeleteIndex();
        Assert.Equal(Ask(), found);
    }

    [Fact]
    public async Task It_ends_when_the_server_does()
    {
        log.Add(10);
        using var process = ProgramStart.StartOpen(BuiltPrograms.Router, folder, ["index", "--data", folder.Data]);
        await Eventually.IsAsync("it works", () => Task.FromResult(File.Exists(log.IndexPath)));
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, process.ExitCode);
        Assert.Empty(await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public void Only_one_builds_at_a_time()
    {
        log.Add(10);
        using var first = IndexBuilder.TryStart(log.Database);
        Assert.NotNull(first);
        Assert.Null(IndexBuilder.TryStart(log.Database));
    }

    [Fact]
    public async Task Where_the_disk_is_full_questions_are_answered_from_the_log()
    {
        log.Add(1_200);
        var expected = Ask();
        using (var disk = new SmallDisk(Path.Combine(folder.Path, "tiny"), 1))
        {
            // The index lies on a disk of 1 MB.
            File.CreateSymbolicLink(log.IndexPath, Path.Combine(folder.Path, "tiny", "index.db"));
            var result = (await new Programs.Cli(folder).RunAsync("history", "--json", "--search", "alpha beta", "-n", "5000")).Exits(0);
            Assert.Equal(expected[1], $"{result.Json.AsArray().Count}");
        }
    }

    [Fact]
    public async Task Without_the_index_of_texts_a_search_reads_the_bodies()
    {
        log.Add(1_500);
        var expected = Ask();
        log.Index();
        (await new Programs.Cli(folder).RunAsync("config", "set", "audit.searchIndex", "off")).Exits(0);
        log.Index();

        Assert.Equal(0L, Scalar("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'texts%'"));
        Assert.Equal(expected, Ask());
        Assert.Equal(expected[1], $"{(await new Programs.Cli(folder).RunAsync("history", "--json", "--search", "alpha beta", "-n", "5000")).Exits(0).Json.AsArray().Count}");
    }

    [Fact]
    public async Task What_retention_takes_is_gone_from_it_at_once()
    {
        using var past = new PastLog(folder);
        for (var i = 0; i < 300; i++)
        {
            past.Add(TimeSpan.FromDays(40) - TimeSpan.FromMinutes(i), $$"""{"messages":[{"role":"user","content":"{{Word(i)}} oldmarker"}]}""", "oldanswer");
        }

        past.Add(TimeSpan.FromDays(1), """{"messages":[{"role":"user","content":"youngmarker"}]}""", "younganswer");
        past.Write();
        log.Index();
        Assert.True(IsInFiles(Word(123)[4..]));

        (await new Programs.Cli(folder).RunAsync("prune", "--bodies-before", "30d")).Exits(0);

        Assert.False(IsInFiles(Word(123)[4..]));
        Assert.False(IsInFiles("oldmarker"));
        Assert.Equal("0", await CountAsync("oldmarker"));
        Assert.Equal("1", await CountAsync("youngmarker"));
        log.Index();
        Assert.Equal("1", await CountAsync("youngmarker younganswer"));
        Assert.False(IsInFiles(Word(123)[4..]));
    }

    // The index leaves out what a word has in common with the one before it.
    private static string Word(int number) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)))[..24];

    private async Task<string> CountAsync(string text) =>
        $"{(await new Programs.Cli(folder).RunAsync("history", "--json", "--search", text, "-n", "5000")).Exits(0).Json.AsArray().Count}";

    private bool IsInFiles(string text) => new[] { "", "-wal" }.Select(end => log.IndexPath + end).Where(File.Exists)
        .Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    /// <summary>A few questions, and what comes of them.</summary>
    private string[] Ask()
    {
        using var reader = log.Database.OpenLog();
        return
        [
            string.Join(' ', reader.Find(new ExchangeFilter { Provider = "openai", Status = new StatusRange(400, 599) }).Select(record => record.Id)),
            $"{reader.Find(new ExchangeFilter { Search = TextQuery.Parse("alpha beta") }).Count()}",
            $"{reader.Stats(ExchangeFilter.All, AuditLog.Questions.Stats.StatsGrouping.Provider, TimeZoneInfo.Utc).Overall.PromptTokens}",
        ];
    }

    private void Checkpoint() => Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    private void Scribble()
    {
        using var file = new FileStream(log.IndexPath, FileMode.Open);
        for (var at = 8192; at < file.Length; at += 4096)
        {
            file.Position = at;
            file.Write(new byte[600]);
        }
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={log.IndexPath};Mode=ReadWrite;Pooling=False");
        connection.Open();
        return connection;
    }
}
