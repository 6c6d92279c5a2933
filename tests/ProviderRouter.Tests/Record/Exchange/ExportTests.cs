using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Record.Exchange;

/// <summary><c>provider-cli export</c> as it is typed.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Filters_choose_and_the_oldest_comes_first()
    {
        string last;
        using (var past = new PastLog(folder))
        {
            past.Add(TimeSpan.FromDays(40), "one");
            past.Add(TimeSpan.FromDays(20), "two");
            last = past.Add(TimeSpan.FromDays(10), "three");
        }

        Assert.Equal(["one", "two", "three"], Bodies(await RunAsync("export")));
        Assert.Equal(["two", "three"], Bodies(await RunAsync("export", "--since", "30d")));
        Assert.Equal(["one", "two"], Bodies(await RunAsync("export", "--before-id", last)));
        var none = (await RunAsync("export", "--provider", "nobody")).Exits(0);
        Assert.Empty(Bodies(none));
        Assert.Contains("There is no provider 'nobody'.", none.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_for_its_owner_alone_and_replaced_only_when_asked()
    {
        LongLog.Write(folder, chats: 3);
        var file = Path.Combine(folder.Path, "log.jsonl");

        var report = (await RunAsync("export", "--output", "log.jsonl", "--json")).Exits(0).Json;

        Assert.Equal((file, "jsonl", 3, 0, new FileInfo(file).Length),
            ((string?)report["file"], (string?)report["format"], (int)report["exchanges"]!, (int)report["skipped"]!, (long)report["bytes"]!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Contains("is there already. Name another file, or replace it with --force", (await RunAsync("export", "--output", file)).Exits(1).Errors, StringComparison.Ordinal);
        var quiet = (await RunAsync("export", "--output", file, "--force", "--format", "csv")).Exits(0);
        Assert.Empty(quiet.Output);
        Assert.StartsWith("request_id,created_at,", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--format xml", 2, "--format takes jsonl, csv, openai-finetune, har, not 'xml'.")]
    [InlineData("--resume", 2, "--resume takes --output FILE")]
    [InlineData("--force", 2, "--force is about the file of --output FILE.")]
    [InlineData("--json", 2, "--json goes with --output FILE")]
    [InlineData("--bodies", 2, "--bodies goes with --format csv")]
    [InlineData("--output a --resume --since 2h", 2, "--since does not go with --resume")]
    [InlineData("--output .", 1, "is a folder. Name a file in it.")]
    [InlineData("--output no/such/folder/file", 1, "There is no folder")]
    [InlineData("--output data/provider-router.db --force", 1, "is a database in use. Name another file.")]
    public async Task What_cannot_be_is_refused_in_a_line(string options, int code, string expected)
    {
        using var past = new PastLog(folder);
        past.Write();

        var result = (await RunAsync(["export", .. options.Split(' ')])).Exits(code);

        Assert.Contains(expected, Assert.Single(result.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_reader_that_has_seen_enough_ends_it_in_silence()
    {
        LongLog.Write(folder, chats: 200);
        var result = await ProgramStart.RunAsync("/bin/sh", folder, ["-c", $"'{BuiltPrograms.Cli}' export | head -n 1"]);
        Assert.Single(result.Exits(0).Output.TrimEnd().Split('\n'));
        Assert.Empty(result.Errors);
    }

    [Fact]
    public async Task On_a_terminal_no_body_is_obeyed()
    {
        using (var past = new PastLog(folder))
        {
            past.Add(TimeSpan.FromDays(1), "\e[31mred\a \u009b31m");
        }

        foreach (var format in new[] { "csv --bodies", "jsonl", "har" })
        {
            using var screen = Screen.Start(folder, $"export --format {format}");
            Assert.Equal(0, await screen.EndAsync());
            Assert.Contains("red", screen.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("\e[31m", screen.Text, StringComparison.Ordinal);
            Assert.DoesNotContain('\a', screen.Text);
            Assert.DoesNotContain('\u009b', screen.Text);
        }
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_log()
    {
        LongLog.Write(folder, chats: 4000);
        using var export = ProgramStart.Start(BuiltPrograms.Cli, folder, ["export", "--output", Path.Combine(folder.Path, "log.jsonl")]);
        var peak = 0L;
        await Eventually.IsAsync("it is through", () =>
        {
            export.Refresh();
            peak = export.HasExited ? peak : Math.Max(peak, export.PeakWorkingSet64);
            return export.HasExited;
        });
        Assert.True(new FileInfo(Path.Combine(folder.Path, "log.jsonl")).Length > 80 << 20);
        Assert.InRange(peak, 1, 150 << 20);
    }

    private static IEnumerable<string?> Bodies(ProgramResult export)
    {
        var lines = export.Exits(0).Output.TrimEnd('\n').Split('\n');
        Assert.Equal("provider-router-log", (string?)JsonNode.Parse(lines[0])!["format"]);
        Assert.Equal(lines.Length - 2, (int)JsonNode.Parse(lines[^1])!["exchanges"]!);
        return lines[1..^1].Select(line => (string?)JsonNode.Parse(line)!["body"]);
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
