using Microsoft.Data.Sqlite;

namespace ProviderRouter.Tests.Storage;

/// <summary>The database is made on first use, and what is not ours is refused and left as it is.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Whichever_program_comes_first_creates_the_database_for_its_owner_alone()
    {
        (await new Programs.Cli(folder).RunAsync("status")).Exits(0);

        var log = new RecordedLog(folder);
        Assert.Equal("lm-studio", log.Query("SELECT value FROM settings WHERE key = 'active_provider'").Single()["value"]);
        Assert.Equal("wal", log.Query("PRAGMA journal_mode").Single()["journal_mode"]);
        Assert.Equal(
            "echo|internal:echo lm-studio|http://localhost:1234/v1 qwen-direct|https://dashscope.aliyuncs.com/compatible-mode/v1 qwen-proxy|http://localhost:3000/v1",
            string.Join(' ', log.Query("SELECT name || '|' || base_url AS line FROM providers ORDER BY name").Select(row => row["line"])));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Database));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Data));
        }
    }

    [Fact]
    public async Task Both_programs_can_create_it_at_the_same_moment()
    {
        for (var round = 0; round < 5; round++)
        {
            using var fresh = new TestFolder();
            var starting = Router.StartAsync(fresh);
            var clis = Enumerable.Range(0, 6).Select(_ => new Programs.Cli(fresh).RunAsync("set", "echo")).ToArray();
            await using var router = await starting;
            foreach (var result in await Task.WhenAll(clis))
            {
                result.Exits(0);
            }

            using var response = await router.Client.GetAsync("v1/models");
            Assert.Equal("echo", response.Headers.GetValues("x-router-provider").Single());
            var log = new RecordedLog(fresh);
            Assert.Equal(4L, log.Query("PRAGMA user_version").Single()["user_version"]);
            Assert.Equal(4L, log.Query("SELECT count(*) AS n FROM providers").Single()["n"]);
            Assert.Equal("ok", log.Query("PRAGMA integrity_check").Single()["integrity_check"]);
        }
    }

    [Theory]
    [InlineData("this is not a database")]
    [InlineData("x")]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is(string content)
    {
        Directory.CreateDirectory(folder.Data);
        await File.WriteAllTextAsync(folder.Database, string.Concat(Enumerable.Repeat(content, 100)));
        var before = await File.ReadAllBytesAsync(folder.Database);

        await AssertRefusedAsync("is not a database");

        Assert.Equal(before, await File.ReadAllBytesAsync(folder.Database));
        Assert.Equal([folder.Database], Directory.GetFiles(folder.Data));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        (await new Programs.Cli(folder).RunAsync("status")).Exits(0);
        new RecordedLog(folder).Execute("PRAGMA user_version = 99");
        var before = await File.ReadAllBytesAsync(folder.Database);

        await AssertRefusedAsync("newer version");

        Assert.Equal(before, await File.ReadAllBytesAsync(folder.Database));
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(folder.Data);
        await using (var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (x)";
            command.ExecuteNonQuery();
        }

        var before = await File.ReadAllBytesAsync(folder.Database);

        await AssertRefusedAsync("database of another program");

        Assert.Equal(before, await File.ReadAllBytesAsync(folder.Database));
    }

    [Fact]
    public async Task A_damaged_database_is_refused()
    {
        (await new Programs.Cli(folder).RunAsync("status")).Exits(0);
        await using (var file = File.OpenWrite(folder.Database))
        {
            // The header stays; the schema behind it is gone.
            file.Position = 100;
            file.Write(Enumerable.Repeat((byte)0xAA, 3000).ToArray());
        }

        await AssertRefusedAsync("damaged");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_refused()
    {
        await File.WriteAllTextAsync(folder.Data, "a file where the folder would be");

        await AssertRefusedAsync("--data DIR");
    }

    /// <summary>Both programs end with 1 and one line on stderr.</summary>
    private async Task AssertRefusedAsync(string reason)
    {
        var cli = (await new Programs.Cli(folder).RunAsync("status")).Exits(1);
        Assert.Contains(reason, cli.Errors, StringComparison.Ordinal);
        Assert.Single(cli.Errors.TrimEnd().Split('\n'));
        Assert.Empty(cli.Output);

        var router = (await ProgramStart.RunAsync(BuiltPrograms.Router, folder, ["--port", "0"])).Exits(1);
        Assert.Contains(reason, router.Errors, StringComparison.Ordinal);
        Assert.Single(router.Errors.TrimEnd().Split('\n'));
    }
}
