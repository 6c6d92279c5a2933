using System.Text;
using System.Text.Json.Nodes;
using Microsoft.VisualBasic.FileIO;

namespace ProviderRouter.Tests.Record.Exchange;

/// <summary>What the formats for other programs have in them, after real traffic.</summary>
public sealed class ExportFormatTests(ExportFormatTests.Exports exports) : IClassFixture<ExportFormatTests.Exports>
{
    [Fact]
    public void Csv_is_read_by_others_as_what_is_on_record()
    {
        using var parser = new TextFieldParser(new StringReader(exports.Csv)) { TrimWhiteSpace = false };
        parser.SetDelimiters(",");
        var names = parser.ReadFields()!;
        var rows = new List<Dictionary<string, string>>();
        while (parser.ReadFields() is { } fields)
        {
            Assert.Equal(names.Length, fields.Length);
            rows.Add(names.Zip(fields).ToDictionary(cell => cell.First, cell => cell.Second));
        }

        Assert.Equal(exports.Rows.Count, rows.Count);
        foreach (var (row, cells) in exports.Rows.Zip(rows))
        {
            foreach (var name in new[] { "request_id", "provider", "endpoint", "status_code", "outcome", "error", "request_bytes", "request_sha256", "request_body_state", "response_body_state", "attempts" })
            {
                Assert.Equal($"{row[name]}".ReplaceLineEndings("\n"), cells[name].ReplaceLineEndings("\n"));
            }

            var duration = row["duration_ms"] is double ms ? ms : (double?)null;
            Assert.Equal(duration, cells["duration_ms"].Length == 0 ? null : double.Parse(cells["duration_ms"], System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal("'=cmd|' /C calc'!A0", rows.Single(cells => cells["replays"].Length > 0)["model"]);
        Assert.Contains(rows, cells => cells["request_body"].StartsWith("base64:", StringComparison.Ordinal));
        Assert.Contains(rows, cells => cells["response_body"].Contains("漢字", StringComparison.Ordinal));
        Assert.Equal(Encoding.UTF8.GetByteCount(exports.Csv.Split("\r\n")[0]), exports.Csv.Split("\r\n")[0].Length);
    }

    [Fact]
    public void Har_has_all_that_the_format_demands()
    {
        var log = JsonNode.Parse(exports.Har)!["log"]!;
        Assert.Equal("1.2", (string?)log["version"]);
        Assert.Equal(["name", "version"], log["creator"]!.AsObject().Select(field => field.Key));
        var entries = log["entries"]!.AsArray();
        Assert.Equal(exports.Rows.Count, entries.Count);
        Assert.All(entries, AssertEntry!);

        var stream = entries.First(entry => (string?)entry!["response"]!["content"]!["mimeType"] is { } type && type.StartsWith("text/event-stream", StringComparison.Ordinal))!;
        Assert.StartsWith("data: ", (string?)stream["response"]!["content"]!["text"], StringComparison.Ordinal);
        Assert.Equal("lm-studio", (string?)stream["_routerProvider"]);
        var binary = entries.First(entry => (string?)entry!["response"]!["content"]!["encoding"] == "base64")!;
        Assert.NotEmpty(Convert.FromBase64String((string)binary["response"]!["content"]!["text"]!));
        var query = entries.First(entry => ((string)entry!["request"]!["url"]!).Contains("limit=3", StringComparison.Ordinal))!;
        Assert.Equal("3", (string?)query["request"]!["queryString"]![0]!["value"]);
    }

    [Fact]
    public void Fine_tuning_has_the_chats_that_ended_well_and_nothing_else()
    {
        var examples = exports.FineTuning.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        var chats = exports.Rows.Where(row => Equals(row["outcome"], "ok") && row.Text("endpoint") == "/v1/chat/completions" && row["request_body"] is string
            && row["response_body"] is string { Length: > 0 } && Equals(row["response_body_state"], "whole")).ToList();

        Assert.Equal(chats.Count, examples.Count);
        Assert.True(chats.Count >= 6);
        foreach (var (row, example) in chats.Zip(examples))
        {
            var messages = example["messages"]!.AsArray();
            Assert.Equal(["user", "assistant"], messages.Select(message => (string?)message!["role"]));
            Assert.Equal(JsonNode.Parse(row.Text("request_body")!)!["messages"]![0]!.ToJsonString(), messages[0]!.ToJsonString());
            var said = row.Answer["choices"]![0]!["message"]!;
            Assert.Equal(said["content"]?.ToJsonString(), messages[1]!["content"]?.ToJsonString());
            Assert.Equal(said["tool_calls"]?.ToJsonString(), messages[1]!["tool_calls"]?.ToJsonString());
            Assert.All(messages[1]!.AsObject(), field => Assert.Contains(field.Key, (string[])["role", "content", "refusal", "tool_calls"]));
        }

        Assert.Contains(examples, example => example["messages"]![1]!["tool_calls"] is not null);
        Assert.Contains($"{exports.Rows.Count - chats.Count} exchanges are no chats", exports.FineTuningErrors, StringComparison.Ordinal);
    }

    /// <summary>As http://www.softwareishard.com/blog/har-12-spec/ has it.</summary>
    private static void AssertEntry(JsonNode entry)
    {
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$", (string)entry["startedDateTime"]!);
        var (request, response, timings) = (entry["request"]!, entry["response"]!, entry["timings"]!);
        Has(request, "method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize");
        Has(response, "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL", "headersSize", "bodySize");
        Has(response["content"]!, "size", "mimeType");
        Assert.True(request["postData"] is null || request["postData"]!["mimeType"] is not null);
        Assert.True(Uri.TryCreate((string?)request["url"], UriKind.Absolute, out _));
        Assert.All((string[])["send", "wait", "receive"], name => Assert.True((double)timings[name]! >= 0));
        Assert.Equal((double)entry["time"]!, (double)timings["wait"]! + (double)timings["receive"]!, precision: 6);
        Assert.NotNull(entry["cache"]);
        Assert.All(entry.AsObject(), field => Assert.True(
            field.Key[0] == '_' || field.Key is "startedDateTime" or "time" or "request" or "response" or "cache" or "timings", field.Key));
        Assert.All(request["headers"]!.AsArray(), header => Has(header!, "name", "value"));

        static void Has(JsonNode node, params string[] names) => Assert.Empty(names.Except(node.AsObject().Select(field => field.Key)));
    }

    /// <summary>One log in three formats.</summary>
    public sealed class Exports : IAsyncLifetime
    {
        internal string Csv { get; private set; } = "";

        internal string Har { get; private set; } = "";

        internal string FineTuning { get; private set; } = "";

        internal string FineTuningErrors { get; private set; } = "";

        internal IReadOnlyList<LogRow> Rows { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            await using var traffic = await EveryKindOfTraffic.MakeAsync();
            var cli = traffic.Setup.Cli;
            Csv = (await cli.RunAsync("export", "--format", "csv", "--bodies")).Exits(0).Output;
            Har = (await cli.RunAsync("export", "--format", "har")).Exits(0).Output;
            var tuning = (await cli.RunAsync("export", "--format", "openai-finetune")).Exits(0);
            (FineTuning, FineTuningErrors) = (tuning.Output, tuning.Errors);
            Rows = traffic.Setup.Log.Query("SELECT * FROM request_logs ORDER BY id");
        }

        public ValueTask DisposeAsync() => default;
    }
}
