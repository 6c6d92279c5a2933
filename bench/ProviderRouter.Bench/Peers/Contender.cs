namespace ProviderRouter.Bench.Peers;

/// <summary>A way to the upstream: none of its own (direct), or a proxy that runs as a process.</summary>
internal sealed class Contender(string name, Uri url, ServerProcess? process, TemporaryFolder? folder) : IAsyncDisposable
{
    private int asked;

    public const string Direct = "direct";
    public const string Nginx = "nginx";
    public const string Yarp = "bare YARP";
    public const string Router = "router";

    public string Name { get; } = name;

    public Uri Chat { get; } = new(url, "v1/chat/completions");

    /// <summary>Keeps its connections; gives up on an answer after 30 s.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Null for <see cref="Direct"/>.</summary>
    public ServerProcess? Process { get; } = process;

    /// <summary>What it keeps; null where it keeps nothing.</summary>
    public TemporaryFolder? Folder { get; } = folder;

    /// <summary>Chats that were sent this way so far.</summary>
    public int Asked => asked;

    public void CountOne() => Interlocked.Increment(ref asked);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (Process is not null)
        {
            await Process.DisposeAsync();
        }

        Folder?.Dispose();
    }
}
