using System.Diagnostics;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Tests.Cli;

/// <summary>What <c>provider-cli verify</c> says, and how; what it finds is in <c>Record/Tampering</c>.</summary>
public sealed class VerifyTests : IDisposable
{
    private const int ManyRequests = 100_000;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_intact_log_is_summed_up_with_its_head_and_what_to_do_with_that()
    {
        Write(3);

        var result = (await RunAsync("verify")).Exits(0);

        Assert.Empty(result.Errors);
        Assert.Matches(
            "^✓ The log is intact\\.\nRows +8\nRequests +3\nBodies checked +0\nBodies pruned +0\nTook +\\S.*\nHead +8:[0-9a-f]{64}\n"
            + "Keep the head in another place\\..*\n  provider-cli verify --since 8:[0-9a-f]{64}\n$", result.Output);
        Assert.DoesNotContain('\e', result.Output);
    }

    [Fact]
    public async Task Json_is_one_document_with_the_fields_that_scripts_use()
    {
        var report = (await RunAsync("verify", "--json")).Exits(0).Json.AsObject();

        Assert.Equal(
            ["intact", "rows", "requests", "bodies", "bodiesPruned", "firstPlace", "head", "fault", "durationMs"],
            report.Select(field => field.Key));
        Assert.Equal($"True 0 0:{new string('0', 64)}", $"{(bool)report["intact"]!} {report["rows"]} {report["head"]}");
    }

    [Fact]
    public async Task A_broken_log_is_one_line_that_says_what_where_and_what_to_do()
    {
        Write(3);
        var log = new RecordedLog(folder);
        var row = log.Query("SELECT seq, request_id FROM audit_requests WHERE id = 2").Single();
        log.Execute("DROP TRIGGER audit_requests_no_delete; DELETE FROM audit_requests WHERE id = 2");

        var result = (await RunAsync("verify")).Exits(1);
        Assert.Empty(result.Output);
        Assert.Contains("(schema): The trigger audit_requests_no_delete is missing.", Assert.Single(result.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);

        log.Execute(
            "CREATE TRIGGER audit_requests_no_delete BEFORE DELETE ON audit_requests\n"
            + "WHEN OLD.seq > coalesce((SELECT max(through) FROM audit_events WHERE kind = 'records_pruned' AND through IS NOT NULL), 0)\n"
            + "BEGIN SELECT raise(ABORT, 'the audit log is append-only: rows cannot be deleted'); END");
        result = (await RunAsync("verify")).Exits(1);
        Assert.Contains($"(removed): The row at place {row["seq"]} was removed.", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"Copy {folder.Database}", Assert.Single(result.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_and_since_together_are_wrong_usage() =>
        Assert.Contains("do not go together", (await RunAsync("verify", "--head", $"--since=1:{new string('0', 64)}")).Exits(2).Errors, StringComparison.Ordinal);

    [Fact]
    public async Task A_terminal_sees_how_far_it_is_and_nothing_of_that_in_the_end()
    {
        Write(ManyRequests);
        var line = $"stty cols 60; NO_COLOR=1 TERM=xterm exec '{BuiltPrograms.Cli}' verify";

        var screen = (await ProgramStart.RunAsync("/usr/bin/script", folder, ["-qec", line, "/dev/null"])).Exits(0).Output;

        // The piece that all headers share is a row of the database, too.
        Assert.Matches(@"\rChecking: \d+%, [\d,]+ of 200,003 rows", screen);
        Assert.Matches("\r +\r✓ The log is intact", screen);
        Assert.DoesNotMatch("\e\\[[0-9;]*m", screen);
        Assert.All(screen.Split('\r', '\n'), part => Assert.True(part.Length <= 60, part));
        Assert.Empty((await RunAsync("verify", "--json")).Exits(0).Errors);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_130()
    {
        Write(ManyRequests);
        var line = $"exec '{BuiltPrograms.Cli}' verify";
        var start = new ProcessStartInfo("/usr/bin/script", ["-qec", line, "/dev/null"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PROVIDER_ROUTER_DATA"] = folder.Data;
        using var script = Process.Start(start)!;
        var screen = "";
        var buffer = new char[1024];
        while (!screen.Contains("Checking:", StringComparison.Ordinal))
        {
            var read = await script.StandardOutput.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.True(read > 0, $"It ended before it could be interrupted: {screen}");
            screen += new string(buffer, 0, read);
        }

        await script.StandardInput.WriteAsync('\u0003');
        await script.StandardInput.FlushAsync();
        _ = script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(130, script.ExitCode);
    }

    /// <summary>Writes a log as a server does: so many requests without bodies, each with its answer, and two events.</summary>
    private void Write(int requests)
    {
        var database = SqliteDatabase.Open(new DataFolder(folder.Data), TimeProvider.System);
        using var log = database.OpenLogForAppending();
        log.SetDurable(survivesPowerCut: false);
        var at = TimeProvider.System.GetUtcNow();
        foreach (var ids in Enumerable.Range(0, requests).Select(_ => Guid.CreateVersion7(at).ToString()).Chunk(1000))
        {
            log.Append([.. ids.SelectMany(IEnumerable<AuditRow> (id) => [
                new AuditRequest { RequestId = id, Provider = "echo", At = at, Headers = AuditHeaders.None, Body = AuditBody.None, Method = "GET", Endpoint = "/v1/models" },
                new AuditResponse { RequestId = id, Provider = "echo", At = at, Headers = AuditHeaders.None, Body = AuditBody.None, Outcome = Outcome.Ok, StatusCode = 200 }])]);
        }
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
