using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

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
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
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

    public static async Task<Router> StartAsync(TestFolder folder, params (string, string)[] environment)
    {
        var started = ProgramStart.Start(BuiltPrograms.Router, folder, ["--port", "0"], environment);
        var first = await started.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        if (first?.Split(' ')[^1] is not { } url || !url.StartsWith("http://", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The router did not start: {first}{await started.StandardError.ReadToEndAsync()}");
        }

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

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (disposed)
        {
            return;
        }

        disposed = true;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
