using System.Text;

namespace ProviderRouter.Tests.Record.Exchange;

/// <summary><c>provider-cli backup</c>: a copy that is whole and right, or none; and nobody waits for it.</summary>
public sealed class BackupTests
{
    private const int Clients = 50;
    private const int Chats = 1500;

    [Fact]
    public async Task Under_load_no_request_fails_and_each_copy_is_intact()
    {
        await using var setup = await Setup.StartAsync();
        LongLog.Write(setup.Folder, Chats);
        var load = new Load(setup.Router.Url, Clients, TimeSpan.FromMilliseconds(250));
        await load.ReceiveAsync(100);
        for (var number = 0; number < 3; number++)
        {
            var (before, file) = (load.Answers.Count, PathOf(setup.Folder, $"copy{number}"));
            var report = (await setup.Cli.RunAsync("backup", file, "--json")).Exits(0).Json;
            Assert.True((bool)report["verified"]!);
            Assert.Equal(new FileInfo(file).Length, (long)report["bytes"]!);
            Assert.InRange((int)report["requests"]!, Chats + before, int.MaxValue);
            await AssertUsableAsync(file, (string)report["head"]!, (int)report["requests"]!);
        }

        await load.ReceiveAsync(100);
        await load.StopAsync();
        Assert.Equal(0, load.Broken);
        Assert.All(load.Answers, answer => Assert.Equal(200, answer.Whole.Status));
        var health = await setup.Router.LogHealthAsync();
        Assert.Equal(("ok", 0L, 0L, 0L), (health.State, health.RowsSpooled, health.RowsLost, health.RowsRefused));
        Assert.Empty(setup.Router.Errors);
    }

    [Fact]
    public async Task It_says_what_is_in_it_and_what_is_not()
    {
        using var folder = new TestFolder();
        LongLog.Write(folder, chats: 3);
        var cli = new Programs.Cli(folder);
        (await cli.RunWithInputAsync("sk-a-key-of-some-length-0123456789\n", "provider", "edit", "qwen-direct", "--key-stdin")).Exits(0);
        var file = PathOf(folder, "copy.db");

        var result = (await cli.RunAsync("backup", file)).Exits(0);

        Assert.Matches($"^Copy +{file}\nSize +[0-9.]+ [KM]B\nLog +intact, 3 requests\nHead +[0-9]+:[0-9a-f]{{64}}\n$", result.Output);
        Assert.Contains($"{folder.Data}/provider-router.secret is needed, too; it was not copied.", result.Errors, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.DoesNotContain("sk-a-key-of-some", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        Assert.Equal(["copy.db"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));

        var old = await File.ReadAllBytesAsync(file);
        Assert.Contains("is there already", (await cli.RunAsync("backup", file)).Exits(1).Errors, StringComparison.Ordinal);
        Assert.Equal(old, await File.ReadAllBytesAsync(file));
        var quick = (await cli.RunAsync("backup", file, "--force", "--no-verify", "--json")).Exits(0).Json;
        Assert.Equal((false, null), ((bool)quick["verified"]!, quick["requests"]));
    }

    [Theory]
    [InlineData("provider-router.db")]
    [InlineData("provider-router.index.db")]
    [InlineData("provider-router.secret")]
    public async Task The_files_of_the_router_itself_are_never_replaced(string name)
    {
        using var folder = new TestFolder();
        LongLog.Write(folder, chats: 3);
        var cli = new Programs.Cli(folder);
        (await cli.RunWithInputAsync("sk-a-key-of-some-length-0123456789\n", "provider", "edit", "qwen-direct", "--key-stdin")).Exits(0);
        (await cli.RunAsync("db", "index")).Exits(0);
        var path = Path.Combine(folder.Data, name);
        var before = await File.ReadAllBytesAsync(path);

        foreach (var command in new[] { new[] { "backup", path, "--force" }, ["export", "-o", path, "--force"] })
        {
            Assert.EndsWith("Name another file.", (await cli.RunAsync(command)).Exits(1).Errors.TrimEnd(), StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_tampered_log_makes_no_copy_that_looks_good()
    {
        using var folder = new TestFolder();
        LongLog.Write(folder, chats: 3);
        var log = new RecordedLog(folder);
        var trigger = log.Query("SELECT sql FROM sqlite_schema WHERE name = 'audit_events_no_update'").Single().Text("sql")!;
        log.Execute($"DROP TRIGGER audit_events_no_update; UPDATE audit_events SET detail = 'x' WHERE kind = 'started'; {trigger}");

        var failed = (await new Programs.Cli(folder).RunAsync("backup", PathOf(folder, "copy"))).Exits(1);

        Assert.Contains("was removed (", failed.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Interrupted_or_on_a_full_disk_there_is_no_copy()
    {
        using var folder = new TestFolder();
        LongLog.Write(folder, chats: 2000);
        var small = PathOf(folder, "small");
        using var disk = new SmallDisk(small, megabytes: 8);
        var cli = new Programs.Cli(folder);

        var full = (await cli.RunAsync("backup", Path.Combine(small, "copy"))).Exits(1);
        Assert.Contains("is full. Make room, or name a file on another disk.", Assert.Single(full.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(small));

        using (var interrupted = ProgramStart.Start(BuiltPrograms.Cli, folder, ["backup", PathOf(folder, "copy")]))
        {
            await Eventually.IsAsync("it is at it", () => interrupted.HasExited || File.Exists(PathOf(folder, "copy.part")));
            Signal.Interrupt(interrupted);
            await interrupted.WaitForExitAsync();
            Assert.Equal(130, interrupted.ExitCode);
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
        using (var killed = ProgramStart.Start(BuiltPrograms.Cli, folder, ["backup", PathOf(folder, "copy")]))
        {
            await Eventually.IsAsync("it is at it", () => killed.HasExited || File.Exists(PathOf(folder, "copy.part")));
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        Assert.False(File.Exists(PathOf(folder, "copy")));
        (await cli.RunAsync("backup", PathOf(folder, "copy"))).Exits(0);
        Assert.Equal(["copy"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("data/provider-router.db", "is a database in use")]
    [InlineData("alias/provider-router.db", "is a database in use")]
    [InlineData("no/folder/copy", "There is no folder")]
    public async Task What_cannot_be_is_refused(string file, string expected)
    {
        using var folder = new TestFolder();
        using var past = new PastLog(folder);
        past.Write();
        Directory.CreateSymbolicLink(PathOf(folder, "alias"), folder.Data);

        var result = (await new Programs.Cli(folder).RunAsync("backup", file, "--force")).Exits(1);

        Assert.Contains(expected, Assert.Single(result.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>The copy in the place of a database.</summary>
    private static async Task AssertUsableAsync(string file, string head, int requests)
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Data);
        File.Copy(file, folder.Database);
        var cli = new Programs.Cli(folder);
        Assert.Equal(requests, (int)(await cli.RunAsync("status", "--json")).Exits(0).Json["requests"]!);
        (await cli.RunAsync("verify", "--since", head)).Exits(0);
        Assert.Equal("wal", new RecordedLog(folder).Query("PRAGMA journal_mode").Single().Text("journal_mode"));
    }

    private static string PathOf(TestFolder folder, string name) => Path.Combine(folder.Path, name);
}
