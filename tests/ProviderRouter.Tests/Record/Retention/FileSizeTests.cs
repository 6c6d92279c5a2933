using Microsoft.Data.Sqlite;

namespace ProviderRouter.Tests.Record.Retention;

/// <summary>What is removed makes the file smaller, however it was made.</summary>
public sealed class FileSizeTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly RecordedLog log;

    public FileSizeTests() => log = new RecordedLog(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_new_database_can_shrink_in_steps()
    {
        (await RunAsync("status")).Exits(0);

        Assert.Equal(2L, log.Query("PRAGMA auto_vacuum").Single()["auto_vacuum"]);
    }

    [Fact]
    public async Task A_database_of_the_first_schema_can_once_it_is_migrated()
    {
        Directory.CreateDirectory(folder.Data);
        await using (var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            var schema = Path.Combine(BuiltPrograms.RepositoryRoot, "src/ProviderRouter/Storage/Sqlite/Migrations/001_initial.sql");
            command.CommandText = $"PRAGMA journal_mode = WAL; {await File.ReadAllTextAsync(schema)}; PRAGMA user_version = 1; PRAGMA application_id = {0x50526F76}";
            command.ExecuteNonQuery();
        }

        Assert.Equal(0L, log.Query("PRAGMA auto_vacuum").Single()["auto_vacuum"]);
        (await RunAsync("status")).Exits(0);

        Assert.Equal(4L, log.Query("PRAGMA user_version").Single()["user_version"]);
        Assert.Equal(2L, log.Query("PRAGMA auto_vacuum").Single()["auto_vacuum"]);
    }

    [Fact]
    public async Task One_that_cannot_does_so_once_no_server_runs()
    {
        using (var past = new PastLog(folder))
        {
            for (var i = 0; i < 100; i++)
            {
                past.Add(TimeSpan.FromDays(40), LongText.Of(i));
            }

            past.Write();
            log.Execute("PRAGMA auto_vacuum = NONE; VACUUM");
            var kept = (await RunAsync("prune", "--bodies-before", "30d", "--json")).Exits(0);
            Assert.Equal((long)kept.Json["bytesBefore"]!, (long)kept.Json["bytesAfter"]!);
            Assert.Contains("Stop the server", kept.Errors, StringComparison.Ordinal);
        }

        var shrunk = (await RunAsync("prune", "--bodies-before", "30d", "--json")).Exits(0);
        Assert.InRange((long)shrunk.Json["bytesAfter"]!, 1, (long)shrunk.Json["bytesBefore"]! / 4);
        Assert.Empty(shrunk.Errors);
        Assert.Equal(new FileInfo(folder.Database).Length, (long)shrunk.Json["bytesAfter"]!);
        Assert.Null(PastLog.Verify(folder).Fault);
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
