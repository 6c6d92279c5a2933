using System.Text;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Record.Exchange;

/// <summary>An import brings all of an export, or nothing.</summary>
public sealed class LogImportTests : IAsyncLifetime
{
    private const int Chats = 20;

    private readonly TestFolder source = new();
    private readonly TestFolder folder = new();
    private string[] lines = [];

    public async ValueTask InitializeAsync()
    {
        LongLog.Write(source, Chats);
        lines = (await new Programs.Cli(source).RunAsync("export")).Exits(0).Output.TrimEnd('\n').Split('\n');
        Assert.Equal(Chats + 2, lines.Length);
    }

    public ValueTask DisposeAsync()
    {
        source.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("a torn line", "Line 12 of log.jsonl: this is no line of an export")]
    [InlineData("a line less", "Line 21 of log.jsonl: the file says that it has 20 exchanges, and there are 19.")]
    [InlineData("no end", "Line 22 of log.jsonl: the file ends here, before its end.")]
    [InlineData("cut in a line", "Line 21 of log.jsonl: the file ends here, before its end.")]
    [InlineData("more after the end", "Line 22 of log.jsonl: something stands after the end.")]
    [InlineData("twice", "stands in the file twice.")]
    [InlineData("version 2", "Line 1 of log.jsonl: this is version 2 of the format, and this program reads version 1.")]
    [InlineData("another field", "Line 5 of log.jsonl: this is no line of an export")]
    [InlineData("no id", "Line 5 of log.jsonl: requestId is no UUID.")]
    [InlineData("no state", "Line 5 of log.jsonl: bodyState is none that the log knows.")]
    [InlineData("no outcome", "Line 5 of log.jsonl: answer.outcome is none that the log knows.")]
    [InlineData("no digest", "Line 5 of log.jsonl: bodySha256 is no SHA-256.")]
    [InlineData("half a letter", "Line 5 of log.jsonl: this is no line of an export: A body has half a letter in it.")]
    [InlineData("bytes", "Line 5 of log.jsonl: this is no line of an export")]
    [InlineData("headers", "Line 5 of log.jsonl: headers is no JSON object.")]
    [InlineData("a header that is a number", "Line 5 of log.jsonl: headers has a value that is no text.")]
    [InlineData("a header in a header", "Line 5 of log.jsonl: headers has a value that is no text.")]
    [InlineData("half a letter in a header", "Line 5 of log.jsonl: headers has half a letter in it.")]
    [InlineData("half a letter in a header's name", "Line 5 of log.jsonl: headers has half a letter in it.")]
    public async Task What_is_no_whole_export_is_refused_and_leaves_the_log_empty(string what, string expected)
    {
        var text = string.Join('\n', Spoiled(what));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "log.jsonl"), what == "cut in a line" ? text[..^100] : text + "\n", Encoding.Latin1);

        var result = await RunAsync("import", "log.jsonl");

        result.Exits(1);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was imported.", Assert.Single(result.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(0, new RecordedLog(folder).Count());
        Assert.Empty(new RecordedLog(folder).Query("SELECT 1 FROM audit_events UNION ALL SELECT 1 FROM audit_pieces"));

        (await ImportAsync(lines)).Exits(0);
        (await RunAsync("verify")).Exits(0);
    }

    [Fact]
    public async Task On_a_small_disk_what_it_says_is_so()
    {
        LongLog.Write(source, 400);
        var file = Path.Combine(folder.Path, "log.jsonl");
        await File.WriteAllTextAsync(file, (await new Programs.Cli(source).RunAsync("export")).Exits(0).Output);
        var leftBeside = 0;
        for (var megabytes = 4; megabytes <= 28; megabytes += 3)
        {
            using var disk = new SmallDisk(folder.Data, megabytes);

            var isImported = (await RunAsync("import", file)).ExitCode == 0;

            Assert.Equal(isImported ? Chats + 400 : 0, new RecordedLog(folder).Count());
            leftBeside += isImported && File.Exists(folder.Database + "-wal") ? 1 : 0;
        }

        // There was room for it beside the database, and none to bring it into it.
        Assert.NotEqual(0, leftBeside);
    }

    [Fact]
    public async Task A_dry_run_does_all_but_keep_it()
    {
        await File.WriteAllLinesAsync(Path.Combine(folder.Path, "log.jsonl"), lines);
        var foreseen = (await RunAsync("import", "log.jsonl", "--dry-run", "--json")).Exits(0).Json;
        Assert.Equal((Chats, null), ((int)foreseen["requests"]!, (string?)foreseen["head"]));
        Assert.Equal(0, new RecordedLog(folder).Count());
        Assert.Equal((string?)foreseen["sha256"], (string?)(await RunAsync("import", "log.jsonl", "--json")).Exits(0).Json["sha256"]);
    }

    [Fact]
    public async Task A_log_with_requests_on_record_takes_no_import()
    {
        (await ImportAsync(lines)).Exits(0);

        var refused = (await ImportAsync(lines)).Exits(1);

        Assert.Contains("on record here already", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("--data DIR", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(Chats, new RecordedLog(folder).Count());
    }

    [Fact]
    public async Task While_a_server_runs_nothing_is_imported()
    {
        await using (await Router.StartAsync(folder))
        {
            Assert.Contains("A server runs on this database", (await ImportAsync(lines)).Exits(1).Errors, StringComparison.Ordinal);
        }

        // It was killed; what it left is marked.
        (await ImportAsync(lines)).Exits(0);
        (await RunAsync("verify")).Exits(0);
        await using var router = await Router.StartAsync(folder);
        using var answer = await router.Client.GetAsync("v1/models");
        await Eventually.IsAsync("it goes on", () => new RecordedLog(folder).Count() == Chats + 1);
        (await RunAsync("verify")).Exits(0);
    }

    [Fact]
    public async Task Killed_or_interrupted_it_leaves_the_log_empty()
    {
        foreach (var isKilled in new[] { true, false })
        {
            using var import = ProgramStart.StartOpen(BuiltPrograms.Cli, folder, ["import", "-"]);
            // All but the end: more than a pipe holds, so it is at it once this is written; and then it waits.
            await import.StandardInput.WriteAsync(string.Join('\n', lines[..^2]) + "\n");
            await import.StandardInput.FlushAsync();
            if (isKilled)
            {
                import.Kill();
            }
            else
            {
                Signal.Interrupt(import);
            }

            await import.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            if (!isKilled)
            {
                Assert.Equal(130, import.ExitCode);
                Assert.Equal("Interrupted. Nothing was imported.", (await import.StandardError.ReadToEndAsync()).TrimEnd());
            }

            Assert.Equal(0, new RecordedLog(folder).Count());
        }

        (await ImportAsync(lines)).Exits(0);
        (await RunAsync("verify")).Exits(0);
    }

    [Fact]
    public async Task A_body_that_is_missing_from_the_file_is_not_missing_from_the_log()
    {
        var exchange = JsonNode.Parse(lines[3])!;
        exchange["answer"]!.AsObject().Remove("body");
        var pruned = exchange.ToJsonString();
        string[] changed = [.. lines[..3], pruned, .. lines[4..]];
        (await ImportAsync(changed)).Exits(0);

        Assert.Equal(1, (int)(await RunAsync("verify", "--json")).Exits(0).Json["bodiesPruned"]!);
        // One that is taken out afterwards is.
        var log = new RecordedLog(folder);
        var trigger = log.Query("SELECT sql FROM sqlite_schema WHERE name = 'audit_responses_no_update'").Single().Text("sql")!;
        log.Execute($"DROP TRIGGER audit_responses_no_update; UPDATE audit_responses SET body = NULL WHERE request = 5; {trigger}");
        Assert.Contains("(removed)", (await RunAsync("verify")).Exits(1).Errors, StringComparison.Ordinal);
    }

    private string[] Spoiled(string what)
    {
        string[] With(int line, string changed) => [.. lines[..line], changed, .. lines[(line + 1)..]];
        string[] In5(string part, string by) => lines[4].Contains(part, StringComparison.Ordinal) ? With(4, lines[4].Replace(part, by, StringComparison.Ordinal))
            : throw new InvalidOperationException(part);
        string[] InHeaders(string headers) => In5("\"headers\":{\"content-type\":\"application/json\"}", $"\"headers\":{headers}");
        return what switch
        {
            "a torn line" => With(11, lines[11][..500]),
            "a line less" => [.. lines[..7], .. lines[8..]],
            "no end" => lines[..^1],
            "more after the end" => [.. lines, lines[3]],
            "twice" => [.. lines[..7], lines[6], .. lines[7..]],
            "version 2" => With(0, lines[0].Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal)),
            "another field" => In5("\"method\"", "\"other\":1,\"method\""),
            "no id" => In5("\"requestId\":\"", "\"requestId\":\"x"),
            "no state" => In5("\"bodyState\":\"whole\",\"body\":\"{\\\"messages", "\"bodyState\":\"entire\",\"body\":\"{\\\"messages"),
            "no outcome" => In5("\"outcome\":\"ok\"", "\"outcome\":\"good\""),
            "no digest" => In5("\"bodySha256\":\"", "\"bodySha256\":\"00"),
            "half a letter" => In5("\"body\":\"{", "\"body\":\"\\ud800{"),
            "bytes" => In5("\"body\":\"{", "\"body\":\"\u00FF{"),
            "headers" => In5("\"headers\":{\"content-type\":\"application/json\"}", "\"headers\":[]"),
            "a header that is a number" => InHeaders("""{"content-length":5}"""),
            "a header in a header" => InHeaders("""{"accept":["a",{"b":"c"}]}"""),
            "half a letter in a header" => InHeaders("""{"accept":"\ud800"}"""),
            "half a letter in a header's name" => InHeaders("""{"\udc00":"a"}"""),
            _ => lines,
        };
    }

    private async Task<ProgramResult> ImportAsync(string[] content) =>
        await new Programs.Cli(folder).RunWithInputAsync(string.Join('\n', content) + "\n", "import", "-");

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
