using System.Text;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Cli.Show;

/// <summary><c>provider-cli show</c> as people read it.</summary>
public sealed class ShowTests : IAsyncLifetime
{
    private const string Long = "很长的中文句子，用来检查换行是否按照两列宽度来计算，不会超出终端的宽度，也不会丢字。";

    private const string Talk =
        """
        {"model":"tools","temperature":0.5,"tools":[{"type":"function","function":{"name":"get_weather"}}],"messages":[
         {"role":"system","content":"Be brief. @@"},
         {"role":"user","content":[{"type":"text","text":"What is it? 😀😀\n\tindented\r\nthe next one"},{"type":"image_url","image_url":{"url":"data:image/png;base64,QUJDREVGR0g="}}]},
         {"role":"assistant","reasoning_content":"I think of nothing but words, one after the other, until the end of the line has been passed.","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Rome\"}"}}]},
         {"role":"tool","tool_call_id":"call_1","content":"31 °C"}]}
        """;

    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    [InlineData(24)]
    public async Task At_a_terminal_a_conversation_is_shown_and_no_line_is_wider_than_it(int columns)
    {
        var row = await setup.SendAsync(Talk.Replace("@@", Long + Long, StringComparison.Ordinal));
        var screen = await Shown.OnScreenAsync(setup.Folder, $"show {row.Text("request_id")}", columns);

        Assert.All(screen.Split('\n'), line => Assert.True(Shown.WidthOf(line) <= columns, $"{Shown.WidthOf(line)} columns: {line}"));
        var letters = screen.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        foreach (var text in new[]
        {
            row.Text("request_id")!, "lm-studio", "200ok", "temperature0.5", Long + Long, "Whatisit?😀😀", "indented", "[image,image/png,8bytes]", "reasoning",
            "->get_weathercall_1", "\"city\":\"Rome\"", "<-resultofget_weathercall_1", "31°C", "answertool_calls", "->get_timecall_fake_time", "東京🗼", "tokens",
        })
        {
            Assert.Contains(text, letters, StringComparison.Ordinal);
        }

        Assert.Contains("\n      indented\n", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Into_a_pipe_goes_each_line_as_it_is()
    {
        var line = string.Concat(Enumerable.Repeat("word 漢字 ", 50_000)) + "end";
        await setup.SendAsync($$"""{"model":"fake-small","messages":[{"role":"user","content":"{{line}}"}]}""");
        var output = (await setup.Cli.RunAsync("show", "last")).Exits(0).Output;
        Assert.Contains($"\nuser\n  {line}\n\nanswer  stop\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
    }

    [Fact]
    public async Task What_a_terminal_would_obey_is_shown_and_not_sent()
    {
        const string Evil = "\\u001b]0;owned\\u0007\\u009b31m\\u001b[2J\\r\\b\\u202e";
        var row = await setup.SendAsync(
            """
            {"model":"@@","x@@":"@@","tools":[{"function":{"name":"@@"}}],"messages":[
             {"role":"@@","name":"@@","content":"@@","reasoning_content":"@@","refusal":"@@","tool_calls":[{"id":"@@","function":{"name":"@@","arguments":"@@"}}]},
             {"role":"tool","tool_call_id":"@@","content":[{"type":"@@"},{"type":"image_url","image_url":{"url":"@@"}}]}]}
            """.Replace("@@", Evil, StringComparison.Ordinal));

        var screen = await Shown.OnScreenAsync(setup.Folder, $"show {row.Text("request_id")}");
        var pipe = (await setup.Cli.RunAsync("show", "last")).Exits(0).Output;

        foreach (var output in new[] { screen, pipe })
        {
            Assert.DoesNotContain(output, letter => (char.IsControl(letter) && letter != '\n') || letter == '\u202e');
            Assert.True(output.Split("owned").Length > 10, output);
        }

        await setup.SendAsync("{\"model\":\"fake-small\",\"x\":\"\e]0;owned\a\u009b31m\u202e\"");
        foreach (var options in new[] { "", "--raw request", "--curl" })
        {
            screen = await Shown.OnScreenAsync(setup.Folder, $"show last {options}");
            Assert.DoesNotContain(screen, letter => (char.IsControl(letter) && letter != '\n') || letter == '\u202e');
        }
    }

    [Fact]
    public async Task Every_protocol_is_read_from_what_providers_send()
    {
        foreach (var (path, body, texts) in new[]
        {
            ("v1/chat/completions", """{"model":"reasoning","messages":[{"role":"user","content":"Q1"}]}""", new[] { "user\n  Q1\n", "answer  stop\n  reasoning\n  │ " }),
            ("v1/chat/completions", """{"model":"reasoning","stream":true,"messages":[{"role":"user","content":"Q1"}]}""", ["user\n  Q1\n", "answer  stop\n  reasoning\n  │ ", ", a stream\n", "first token after"]),
            ("v1/chat/completions", """{"model":"choices","messages":[{"role":"user","content":"Q1"}]}""", ["answer 1 of ", "answer 2 of "]),
            ("v1/chat/completions", """{"model":"refusal","messages":[{"role":"user","content":"Q1"}]}""", ["  refusal\n  "]),
            ("v1/completions", """{"model":"fake-small","prompt":"Once"}""", ["prompt\n  Once\n", "answer  stop\n"]),
            ("v1/responses", """{"model":"fake-small","instructions":"I","input":"Q2"}""", ["system\n  I\n\nuser\n  Q2\n", "answer  completed\n"]),
            ("v1/messages", """{"model":"fake-small","max_tokens":9,"system":"S","messages":[{"role":"user","content":"Q3"}]}""", ["system\n  S\n\nuser\n  Q3\n", "answer  tool_use\n", "  -> get_weather"]),
            ("v1/embeddings", """{"model":"fake-embed","input":["a","b"]}""", ["prompt\n  a\n\nprompt\n  b\n", "2 vectors of "]),
            ("v1/chat/completions", """{"model":"429","messages":[{"role":"user","content":"Q1"}]}""", ["429 upstream_error", "answer\n  Rate limit reached"]),
            ("v1/chat/completions", """{"model":"html","messages":[]}""", ["answer\n  <"]),
            ("v1/chat/completions", """{"model":"bad-json","messages":[]}""", ["answer\n"]),
            ("v1/audio/speech", """{"model":"tts","input":"Say"}""", ["\"input\": \"Say\"", "[audio/", "is not text: the log has a line that says what it was."]),
        })
        {
            await setup.SendAsync(body, path);
            var output = (await setup.Cli.RunAsync("show", "last")).Exits(0).Output;
            Assert.All(texts, text => Assert.Contains(text, output, StringComparison.Ordinal));
        }

        using var models = await setup.Client.GetAsync("v1/models");
        Assert.Contains("\"object\": \"list\"", (await setup.Cli.RunAsync("show", "last")).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempts_are_listed()
    {
        (await setup.Cli.RunAsync("set", "lm-studio", "--fallback", "qwen-proxy,echo")).Exits(0);
        await setup.SendAsync("""{"model":"503","messages":[{"role":"user","content":"Q"}]}""");
        var output = (await setup.Cli.RunAsync("show", "last")).Exits(0).Output;
        Assert.Matches("""\nattempts\n  PROVIDER +OUTCOME +STATUS +TOOK[^\n]*\n  lm-studio +upstream_error +503 [^\n]*\n  └ [^\n]+\n""", output);
        Assert.Matches("""\n  echo +ok +200 """, output);
    }

    [Fact]
    public async Task Nothing_on_record_an_unknown_id_and_the_start_of_several_fail_with_a_line_that_says_so()
    {
        using var empty = new TestFolder();
        Assert.StartsWith("No request is on record yet.", (await new Programs.Cli(empty).RunAsync("show", "last")).Exits(1).Errors, StringComparison.Ordinal);

        await setup.SendAsync(Talk);
        await setup.SendAsync(Talk);
        var several = (await setup.Cli.RunAsync("show", "01")).Exits(1);
        Assert.Contains("'01' is the start of several ids: ", several.Errors, StringComparison.Ordinal);
        Assert.Contains("starts with 'ffff'", (await setup.Cli.RunAsync("show", "ffff")).Exits(1).Errors, StringComparison.Ordinal);
        Assert.All([several.Output, several.Errors.TrimEnd('\n')], text => Assert.DoesNotContain('\n', text));
        (await setup.Cli.RunAsync("show")).Exits(2);
        (await setup.Cli.RunAsync("show", "last", "--raw", "both")).Exits(2);
        (await setup.Cli.RunAsync("show", "last", "--raw", "request", "--json")).Exits(2);
        Assert.DoesNotContain("sk-abcdef", (await setup.Cli.RunAsync("show", "sk-abcdefghijklmnopqrstuvwx0123456789")).Exits(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_client_s_key_is_named_and_so_is_the_exchange_that_it_repeats()
    {
        using var folder = new TestFolder();
        var now = TimeProvider.System.GetUtcNow();
        var (first, second) = (Guid.CreateVersion7(now).ToString(), Guid.CreateVersion7(now).ToString());
        using (var log = PastLog.Open(folder).OpenLogForAppending())
        {
            log.Append([new AuditRequest
            {
                RequestId = second, At = now, Provider = null, Method = "GET", Endpoint = "/v1/models", Client = "127.0.0.1", ClientKey = "laptop",
                Replays = first, Headers = AuditHeaders.None, Body = AuditBody.None,
            }]);

            var cli = new Programs.Cli(folder);
            var text = (await cli.RunAsync("show", "last")).Exits(0).Output;
            Assert.Contains("127.0.0.1, with the key laptop\n", text, StringComparison.Ordinal);
            Assert.Matches($" {first}\n", text);
            Assert.Contains("no answer on record yet\n", text, StringComparison.Ordinal);
            Assert.Contains("(No answer is on record.)\n", text, StringComparison.Ordinal);
            Assert.Equal(first, (string?)(await cli.RunAsync("show", "last", "--json")).Exits(0).Json["replays"]);
            var command = (await cli.RunAsync("show", "last", "--curl")).Exits(0);
            Assert.Equal("curl 'http://127.0.0.1:3001/v1/models'\n", command.Output);
            Assert.Contains("'laptop'", command.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Json_has_all_of_it()
    {
        var row = await setup.SendAsync(Encoding.UTF8.GetBytes(Talk), headers: ("authorization", "Bearer sk-12345678901234567890"));
        var shown = (await setup.Cli.RunAsync("show", row.Text("request_id")![..^2], "--json")).Exits(0).Json;

        Assert.Equal(row.Text("request_id"), (string?)shown["requestId"]);
        Assert.Equal((200, "ok", "tools", "POST"), ((int)shown["statusCode"]!, (string)shown["outcome"]!, (string)shown["model"]!, (string)shown["method"]!));
        Assert.Equal("call_1", (string?)shown["requestBody"]!["messages"]![2]!["tool_calls"]![0]!["id"]);
        Assert.Equal("tool_calls", (string?)shown["responseBody"]!["choices"]![0]!["finish_reason"]);
        Assert.Equal("[redacted]", (string?)shown["requestHeaders"]!["authorization"]);
        Assert.StartsWith("application/json", (string?)shown["responseHeaders"]!["content-type"], StringComparison.Ordinal);
        Assert.Equal(("whole", "whole"), ((string)shown["requestBodyState"]!, (string)shown["responseBodyState"]!));
        Assert.Null(shown["attempts"]);
        Assert.Null(shown["requestBodyEncoding"]);

        await setup.SendAsync([.. "{\"model\":\"fake-small\",\"x\":\""u8, 0xFF, .. "\"}"u8]);
        shown = (await setup.Cli.RunAsync("show", "last", "--json")).Exits(0).Json;
        Assert.Equal("base64", (string?)shown["requestBodyEncoding"]);
        Assert.Equal(0xFF, Convert.FromBase64String((string)shown["requestBody"]!)[^3]);

        var deep = new string('[', 10_000);
        await setup.SendAsync($$"""{"model":"fake-small","messages":[{"role":"user","content":"before \ud83d"}],"x":{{deep}}""");
        Assert.EndsWith(deep, (string?)(await setup.Cli.RunAsync("show", "last", "--json")).Exits(0).Json["requestBody"], StringComparison.Ordinal);
        var text = (await setup.Cli.RunAsync("show", "last")).Exits(0).Output;
        Assert.Contains("user\n  before \uFFFD\n", text, StringComparison.Ordinal);
        Assert.Contains("The rest of it cannot be read", text, StringComparison.Ordinal);
    }
}
