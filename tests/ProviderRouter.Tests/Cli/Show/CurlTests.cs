using System.Text;

namespace ProviderRouter.Tests.Cli.Show;

/// <summary><c>provider-cli show --curl</c>, done by a shell.</summary>
public sealed class CurlTests
{
    private const string Key = "sk-1234567890abcdefghij";

    public static TheoryData<string, string> Bodies { get; } = new()
    {
        { "plain", """{"model":"fake-small","messages":[{"role":"user","content":"Hello"}]}""" },
        { "quoted", "{\"model\":\"fake-small\",\n  \"messages\":[{\"role\":\"user\",\"content\":\"it's '' $HOME `id` $(id) \\\\ \\n \\u0027 ! %s 漢字 😀 \\u001b]0;\"}]}\n\n" },
        { "tab", "{\"model\":\"fake-small\",\n\t\"messages\":[]}" },
        { "at", "@/etc/passwd" },
        { "control", "{\"model\":\"fake-small\",\"x\":\"\e]0;owned\a\r\u200d\"}" },
        { "large", $$"""{"model":"fake-small","messages":[{"role":"user","content":"{{new string('x', 100_000)}}"}]}""" },
        { "binary", "{\"model\":\"fake-small\",\"x\":\"\u00ff\"}" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task The_command_sends_the_same_bytes_again(string name, string text)
    {
        await using var setup = await Setup.StartAsync();
        var body = name == "binary" ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text);
        var first = await setup.SendAsync(
            body, "v1/chat/completions?a=b&api_key=12345&x=[1]", "application/json",
            ("authorization", $"Bearer {Key}"), ("x-api-key", Key), ("anthropic-version", "2023-06-01"), ("x-odd", "1"), ("x-router-provider", "qwen-proxy"));

        var command = (await setup.Cli.RunAsync("show", "last", "--curl")).Exits(0).Output;
        Assert.Equal(name is "large" or "tab" or "control" or "binary", command.StartsWith("provider-cli show ", StringComparison.Ordinal));
        Assert.All([Key, "authorization", "x-api-key", "12345", "[redacted]", "x-odd"], secret => Assert.DoesNotContain(secret, command, StringComparison.Ordinal));
        Assert.Contains("-H 'anthropic-version: 2023-06-01'", command, StringComparison.Ordinal);
        Assert.Contains($"'{setup.Router.Url}v1/chat/completions?a=b&x=[1]'", command, StringComparison.Ordinal);
        Assert.DoesNotContain(command, letter => char.IsControl(letter) && letter != '\n');

        (await RunAsync(setup, command)).Exits(0);
        var rows = setup.Log.Query("SELECT * FROM request_logs WHERE method = 'POST' ORDER BY id");
        Assert.Equal(2, rows.Count);
        Assert.NotEqual(first.Text("request_id"), rows[1].Text("request_id"));
        foreach (var same in new[] { "request_sha256", "provider", "endpoint", "request_content_type", "status_code", "model" })
        {
            Assert.Equal(rows[0][same], rows[1][same]);
        }
    }

    [Fact]
    public async Task Requests_without_a_body_or_a_type_and_with_another_data_folder_are_sent_again_too()
    {
        await using var setup = await Setup.StartAsync();
        (await setup.Client.GetAsync("v1/models?x=1")).Dispose();
        (await RunAsync(setup, (await setup.Cli.RunAsync("show", "last", "--curl")).Exits(0).Output)).Exits(0);
        Assert.Equal(2, setup.Log.Query("SELECT 1 FROM request_logs WHERE method = 'GET' AND query = 'x=1'").Count);

        var sent = await setup.SendAsync(Encoding.UTF8.GetBytes(new string('y', 70_000)), "v1/sink", type: null);
        var command = (await setup.Cli.RunAsync("show", "last", "--curl", "--data", setup.Folder.Data)).Exits(0).Output;
        Assert.Contains($"--data '{setup.Folder.Data}'", command, StringComparison.Ordinal);
        (await RunAsync(setup, command)).Exits(0);
        Assert.All(setup.Log.Query("SELECT * FROM request_logs WHERE endpoint = '/v1/sink'"), row =>
        {
            Assert.Equal(sent.Text("request_sha256"), row.Text("request_sha256"));
            Assert.Null(row["request_content_type"]);
        });
        Assert.Equal(2, setup.Log.Query("SELECT 1 FROM request_logs WHERE endpoint = '/v1/sink'").Count);
    }

    [Fact]
    public async Task Without_a_server_it_is_the_usual_address()
    {
        using var folder = new TestFolder();
        using (var past = new PastLog(folder))
        {
            past.Add(TimeSpan.FromDays(1), "{}");
        }

        var command = (await new Programs.Cli(folder).RunAsync("show", "last", "--curl")).Exits(0).Output;
        Assert.StartsWith("curl 'http://127.0.0.1:3001/v1/chat/completions' \\\n", command, StringComparison.Ordinal);
    }

    private static Task<ProgramResult> RunAsync(Setup setup, string command) => ProgramStart.RunAsync(
        "/bin/sh", setup.Folder, ["-c", command], ("no_proxy", "*"),
        ("PATH", $"{Path.GetDirectoryName(BuiltPrograms.Cli)}:{Environment.GetEnvironmentVariable("PATH")}"));
}
