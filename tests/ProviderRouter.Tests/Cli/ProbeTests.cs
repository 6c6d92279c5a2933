using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FakeUpstream;

namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli test</c> says in words what is wrong.</summary>
public sealed class ProbeTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_provider_that_answers_is_healthy()
    {
        await using var upstream = await FakeUpstreamServer.StartAsync();
        var result = (await TestAsync(upstream.BaseUrl)).Exits(0).Json;

        Assert.True((bool)result["healthy"]!);
        Assert.Equal("lm-studio", (string?)result["provider"]);
        Assert.True((double)result["latencyMs"]! > 0);
        Assert.Equal(["fake-small", "fake-large"], result["models"]!.AsArray().Select(model => (string?)model));
        Assert.Null(result["error"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/v1", "nothing listens at 127.0.0.1:9 (connection refused)")]
    [InlineData("http://no-such-host.invalid/v1", "no host named 'no-such-host.invalid'")]
    public async Task A_provider_that_is_not_there_fails_in_words(string url, string words)
    {
        var result = (await TestAsync(url)).Exits(1);

        Assert.Contains(words, (string?)result.Json["error"], StringComparison.Ordinal);
        Assert.False((bool)result.Json["healthy"]!);
        Assert.Null(result.Json["latencyMs"]);
        Assert.Empty(result.Json["models"]!.AsArray());
        Assert.Contains(words, result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n", "wants a key (401)")]
    [InlineData("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n", "Is the base URL right?")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n", "answered 503")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\n<h1>", "not with a list of models as OpenAI's API does (text/html)")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{\"data\": 1}", "not with a list of models")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]", "not with a list of models")]
    [InlineData("what is HTTP?\r\n\r\n", "not HTTP")]
    [InlineData("", "without an answer")]
    public async Task An_answer_that_is_none_fails_in_words(string answer, string words)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        // A client asks again when a connection closes without a byte: it gets the same answer each time.
        _ = ServeAsync(listener, answer);
        var result = (await TestAsync($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1")).Exits(1);

        Assert.Contains(words, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_provider_that_stays_silent_fails_after_the_timeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var result = (await TestAsync($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1", "--timeout", "0.3")).Exits(1);

        Assert.Contains("did not answer within 0.3 s", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_key_names_its_variable()
    {
        (await new Programs.Cli(folder).RunAsync("status")).Exits(0);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        new RecordedLog(folder).Execute(
            $"UPDATE providers SET base_url = 'http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1' WHERE name = 'qwen-direct'");

        foreach (var (key, words) in new[] { ("", "QWEN_API_KEY is not set here"), ("sk-wrong", "refused the key (401). Check QWEN_API_KEY") })
        {
            var serving = ServeOnceAsync(listener, "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n");
            var result = (await new Programs.Cli(folder, ("QWEN_API_KEY", key)).RunAsync("test", "qwen-direct")).Exits(1);

            Assert.Contains(words, result.Errors, StringComparison.Ordinal);
            Assert.Equal(key.Length > 0, (await serving).Contains($"authorization: Bearer {key}", StringComparison.OrdinalIgnoreCase) && key.Length > 0);
        }
    }

    [Fact]
    public async Task Echo_is_always_healthy_and_an_unknown_name_is_refused()
    {
        (await new Programs.Cli(folder).RunAsync("test", "echo")).Exits(0);
        Assert.Contains("Did you mean echo?", (await new Programs.Cli(folder).RunAsync("test", "echoo")).Exits(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_130()
    {
        (await new Programs.Cli(folder).RunAsync("status")).Exits(0);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        new RecordedLog(folder).Execute(
            $"UPDATE providers SET base_url = 'http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1' WHERE name = 'lm-studio'");
        using var process = ProgramStart.Start(BuiltPrograms.Cli, folder, ["test"]);
        // It has asked, and waits.
        using var asked = await listener.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(30));
        using var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(130, process.ExitCode);
    }

    private Task<ProgramResult> TestAsync(string url, params string[] more) => TestAsync("lm-studio", url, more);

    private async Task<ProgramResult> TestAsync(string provider, string url, string[] more)
    {
        (await new Programs.Cli(folder).RunAsync("status")).Exits(0);
        new RecordedLog(folder).Execute($"UPDATE providers SET base_url = '{url}' WHERE name = '{provider}'");
        return await new Programs.Cli(folder).RunAsync(["test", provider, "--json", .. more]);
    }

    /// <summary>Answers each request with these bytes until the listener is closed.</summary>
    private static async Task ServeAsync(TcpListener listener, string answer)
    {
        while (true)
        {
            await ServeOnceAsync(listener, answer);
        }
    }

    /// <summary>Reads one request and answers with these bytes; returns what it read.</summary>
    private static async Task<string> ServeOnceAsync(TcpListener listener, string answer)
    {
        using var connection = await listener.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(60));
        var stream = connection.GetStream();
        var request = "";
        var block = new byte[4096];
        while (!request.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(block);
            if (read == 0)
            {
                break;
            }

            request += Encoding.UTF8.GetString(block, 0, read);
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        return request;
    }
}
