using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Programs;

/// <summary>The built <c>provider-router</c>, running on a free port of loopback.</summary>
internal sealed partial class Router : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder errors = new();
    private readonly Task<string> greeting;
    private bool disposed;

    private Router(Process process, Uri url)
    {
        this.process = process;
        Url = url;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromSeconds(60),
        };
        greeting = ReadGreetingAsync();
    }

    /// <summary>Without a path: <c>http://127.0.0.1:PORT/</c></summary>
    public Uri Url { get; }

    public HttpClient Client { get; }

    public int ProcessId => process.Id;

    /// <summary>What it wrote to stderr so far.</summary>
    public string Errors
    {
        get
        {
            lock (errors)
            {
                return errors.ToString();
            }
        }
    }

    /// <summary>What <c>/health</c> says of the log.</summary>
    public async Task<LogHealth> LogHealthAsync() =>
        JsonNode.Parse(await Client.GetStringAsync("health"))!["log"]!.Deserialize<LogHealth>(JsonSerializerOptions.Web)!;

    /// <summary>Waits until the log has a row in hand that it cannot write, and the router has done all that it does meanwhile.</summary>
    public async Task LogWaitsAsync()
    {
        await Eventually.IsAsync("a row waits", async () => (await LogHealthAsync()).RowsWaiting > 0);
        for (var round = 0; round < 20; round++)
        {
            await LogHealthAsync();
        }
    }

    /// <summary>The most memory that it had at any moment, in MB.</summary>
    public int PeakMemory => int.Parse(
        File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))["VmHWM:".Length..^"kB".Length],
        CultureInfo.InvariantCulture) / 1024;

    public static Task<Router> StartAsync(TestFolder folder, params (string, string)[] environment) => StartAsync(folder, [], environment);

    public static async Task<Router> StartAsync(TestFolder folder, string[] arguments, params (string, string)[] environment)
    {
        var started = ProgramStart.Start(BuiltPrograms.Router, folder, ["--port", "0", .. arguments], environment);
        var first = await started.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        if (first?.Split(' ')[^1] is not { } url || !url.StartsWith("http://", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The router did not start: {first}{await started.StandardError.ReadToEndAsync()}");
        }

        // An address that stands for all of this machine's, as a client can use it.
        url = url.Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal).Replace("//[::]:", "//[::1]:", StringComparison.Ordinal);
        var router = new Router(started, new Uri(new Uri(url), "/"));
        started.ErrorDataReceived += (_, line) => router.Remember(line.Data);
        started.BeginErrorReadLine();
        return router;
    }

    /// <summary>Asks it to stop, as Ctrl+C or a service manager does.</summary>
    public void AskToStop() => _ = Kill(process.Id, 15);

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return process.ExitCode;
    }

    /// <summary>What it says as it starts, after its first line; as soon as all of it is said.</summary>
    public Task<string> GreetingAsync() => greeting.WaitAsync(TimeSpan.FromSeconds(60));

    private async Task<string> ReadGreetingAsync()
    {
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (line.StartsWith("Switch with", StringComparison.Ordinal))
            {
                break;
            }
        }

        return said.ToString();
    }

    private void Remember(string? line)
    {
        lock (errors)
        {
            errors.AppendLine(line);
        }
    }

    /// <summary>Kills it (SIGKILL): nothing that it had in hand is finished.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        var children = Children();
        // First, so that it does not see its client leave.
        process.Kill();
        Client.Dispose();
        await process.WaitForExitAsync();
        // What it started to index its log ends because it did, a moment later.
        await Eventually.IsAsync("its children have ended", () => !children.Exists(child => Directory.Exists($"/proc/{child}")));
        process.Dispose();
    }

    private List<int> Children()
    {
        if (process.HasExited)
        {
            return [];
        }

        try
        {
            return [.. Directory.GetDirectories($"/proc/{process.Id}/task")
                .SelectMany(thread => File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse)];
        }
        catch (IOException)
        {
            // It, or one of its threads, ended just now.
            return [];
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

/// <summary>How the log does, as <c>/health</c> says it.</summary>
internal sealed record LogHealth(
    string State, string? Reason, long RowsWritten, long RowsWaiting, long RowsSpooled, long BytesSpooled, long RowsLost, long RowsRefused);
