using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Record.Exchange;

/// <summary>An exported log, imported elsewhere, is the same log.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public async Task What_is_imported_is_what_was_exported()
    {
        await using var traffic = await EveryKindOfTraffic.MakeAsync();
        var (setup, file) = (traffic.Setup, Path.Combine(traffic.Setup.Folder.Path, "log.jsonl"));
        AssertHasAllKinds(setup.Log);
        using var other = new TestFolder();
        var there = new Programs.Cli(other);

        (await setup.Cli.RunAsync("export", "--output", file)).Exits(0);
        var imported = (await there.RunAsync("import", file, "--json")).Exits(0).Json;
        var again = (await there.RunAsync("export")).Exits(0).Output.TrimEnd('\n').Split('\n');

        var lines = await File.ReadAllLinesAsync(file);
        Assert.Equal(lines.Length, again.Length);
        for (var i = 1; i < lines.Length; i++)
        {
            Assert.True(lines[i] == again[i], $"Line {i + 1}: {lines[i][..Math.Min(2000, lines[i].Length)]}\n{again[i][..Math.Min(2000, again[i].Length)]}");
        }

        Assert.Equal(lines.Length - 2, (int)imported["requests"]!);
        Assert.Equal(lines.Length - 3, (int)imported["answers"]!);
        foreach (var command in new[] { "stats --json", "history -n 1000 --json" })
        {
            Assert.Equal((await setup.Cli.RunAsync(command.Split(' '))).Exits(0).Output, (await there.RunAsync(command.Split(' '))).Exits(0).Output);
        }

        AssertSameView(setup.Log, new RecordedLog(other));
        var verified = (await there.RunAsync("verify", "--json")).Exits(0).Json;
        Assert.Equal((await setup.Cli.RunAsync("verify", "--json")).Exits(0).Json["bodiesPruned"]!.ToJsonString(), verified["bodiesPruned"]!.ToJsonString());
        Assert.Equal((string?)imported["head"], (string?)verified["head"]);
        AssertEvents(new RecordedLog(other), lines[0], imported);
    }

    /// <summary>Every column of the view but those that say where in which chain a row stands.</summary>
    private static void AssertSameView(RecordedLog one, RecordedLog other)
    {
        var (rows, others) = (one.Query("SELECT * FROM request_logs ORDER BY id"), other.Query("SELECT * FROM request_logs ORDER BY id"));
        Assert.Equal(rows.Count, others.Count);
        foreach (var (row, same) in rows.Zip(others))
        {
            Assert.All(row.Names.Except(["seq", "run", "response_event_stream"]), name => Assert.Equal(row[name], same[name]));
            Assert.Equal(row["response_event_stream"] is null ? null : row.Events, same["response_event_stream"] is null ? null : same.Events);
        }
    }

    private static void AssertEvents(RecordedLog log, string header, JsonNode imported)
    {
        var events = log.Query("SELECT kind, detail, seq FROM audit_events ORDER BY seq");
        Assert.Equal(["import_begun", "imported"], events.Select(one => one.Text("kind")));
        Assert.Equal((string?)JsonNode.Parse(header)!["head"], (string?)JsonNode.Parse(events[0].Text("detail")!)!["head"]);
        var detail = JsonNode.Parse(events[1].Text("detail")!)!;
        Assert.Equal((string?)imported["sha256"], (string?)detail["sha256"]);
        Assert.Equal((int)imported["requests"]!, (int)detail["requests"]!);
        Assert.Equal(events[0].Number("seq"), (long)detail["run"]!);
    }

    private static void AssertHasAllKinds(RecordedLog log)
    {
        Assert.Superset(
            new HashSet<string?> { "none", "whole", "cut", "described", "pruned" },
            log.Query("SELECT DISTINCT request_body_state AS s FROM request_logs").Select(row => row.Text("s")).ToHashSet());
        Assert.Superset(
            new HashSet<string?> { null, "none", "whole", "incomplete", "pruned" },
            log.Query("SELECT DISTINCT response_body_state AS s FROM request_logs").Select(row => row.Text("s")).ToHashSet());
        Assert.Superset(
            new HashSet<string?> { null, "ok", "upstream_error", "upstream_cut", "client_closed", "rejected" },
            log.Query("SELECT DISTINCT outcome AS s FROM request_logs").Select(row => row.Text("s")).ToHashSet());
        Assert.NotEmpty(log.Query("SELECT 1 FROM request_logs WHERE typeof(request_body) = 'blob'"));
        Assert.NotEmpty(log.Query("SELECT 1 FROM request_logs WHERE typeof(response_body) = 'blob'"));
        Assert.NotEmpty(log.Query("SELECT 1 FROM request_logs WHERE response_event_stream IS NOT NULL"));
        Assert.NotEmpty(log.Query("SELECT 1 FROM audit_requests WHERE body_parts IS NOT NULL"));
        Assert.NotEmpty(log.Query("SELECT 1 FROM audit_responses WHERE body IS NULL AND stream_digest IS NOT NULL AND event_stream IS NULL"));
    }
}
