using System.Text.Json.Nodes;
using FakeUpstream;

namespace ProviderRouter.Tests.Record.Exchange;

/// <summary>An export that somebody else wrote may say anything: what no client can have sent is neither obeyed by a terminal nor sent.</summary>
public sealed class HostileRecordTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly Programs.Cli cli;

    public HostileRecordTests() => cli = new Programs.Cli(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_command_that_sends_it_again_has_nothing_that_a_terminal_obeys()
    {
        await ImportAsync(record =>
        {
            (record["method"], record["provider"], record["query"]) = ("P\e]0;owned\aT", "p\e[31m\u202eq", "a='b&\e[2J");
            record["headers"] = new JsonObject { ["accept"] = "\e[2J", ["content-type"] = "application/json" };
            record["answer"]!["provider"] = "p\e[31m\u202eq";
        });

        var command = (await cli.RunAsync("show", "last", "--curl")).Exits(0).Output;

        Assert.DoesNotContain(command, letter => (char.IsControl(letter) && letter != '\n') || letter == '\u202e');
    }

    [Theory]
    [InlineData("P ST", "/v1/chat/completions")]
    [InlineData("", "/v1/chat/completions")]
    [InlineData("POST", "")]
    [InlineData("POST", "@elsewhere:1/v1")]
    public async Task What_is_no_request_is_not_sent(string method, string endpoint)
    {
        await ImportAsync(record => (record["method"], record["endpoint"]) = (method, endpoint));
        await using var router = await Router.StartAsync(folder);

        var result = (await cli.RunAsync("replay", "last", "--to", "echo")).Exits(1);

        Assert.Contains($"'{router.Url}", (await cli.RunAsync("show", "last", "--curl")).Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains("cannot be sent: its method or its path is none of HTTP.", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_with_an_end_of_line_is_not_sent()
    {
        await ImportAsync(record => record["headers"] = new JsonObject { ["accept"] = "a/b\r\nx-smuggled: 1", ["content-type"] = "application/json" });
        await using var studio = await FakeUpstreamServer.StartAsync("studio");
        await using var router = await Router.StartAsync(folder, [("LM_STUDIO_BASE_URL", studio.BaseUrl)]);

        (await cli.RunAsync("replay", "last", "--to", "lm-studio")).Exits(0);

        var sent = Assert.Single(studio.Requests, request => request.Method == "POST");
        Assert.DoesNotContain("x-smuggled", sent.Headers.Keys);
        Assert.Equal("application/json", sent.Headers["content-type"]);
    }

    private async Task ImportAsync(Action<JsonNode> change)
    {
        using var source = new TestFolder();
        using (var past = new PastLog(source))
        {
            past.Add(TimeSpan.FromHours(1), """{"model":"fake-small","messages":[{"role":"user","content":"Hello"}]}""", "{}");
        }

        var lines = (await new Programs.Cli(source).RunAsync("export")).Exits(0).Output.Split('\n');
        var record = JsonNode.Parse(lines[1])!;
        change(record);
        lines[1] = record.ToJsonString();
        (await cli.RunWithInputAsync(string.Join('\n', lines), "import", "-")).Exits(0);
    }
}
