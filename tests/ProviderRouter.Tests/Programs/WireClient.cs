using System.Net.Sockets;
using System.Text;

namespace ProviderRouter.Tests.Programs;

/// <summary>One HTTP/1.1 connection, read as its bytes come: at any moment a test knows what a client has.</summary>
internal sealed class WireClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TcpClient connection = new() { NoDelay = true };
    private readonly byte[] block = new byte[64 * 1024];
    private byte[] came = [];
    private bool isClosed;
    private bool hasNoBody;

    /// <summary>What came of the present answer; null while its headers are not complete.</summary>
    public WireAnswer? Answer { get; private set; }

    /// <summary>True when not one byte of an answer has come.</summary>
    public bool HasNothing => came.Length == 0 && connection.Available == 0;

    public static async Task<WireClient> ConnectAsync(Uri server)
    {
        var client = new WireClient();
        await client.connection.ConnectAsync(server.Host, server.Port);
        return client;
    }

    /// <summary>Sends a request, or a part of one.</summary>
    public async Task SendAsync(string text)
    {
        hasNoBody = text.StartsWith("HEAD ", StringComparison.Ordinal);
        await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask().WaitAsync(Patience);
    }

    /// <summary>Sends a request with a body.</summary>
    public Task PostAsync(string path, string json, string headers = "") => SendAsync(
        $"POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {Encoding.UTF8.GetByteCount(json)}\r\n{headers}\r\n{json}");

    /// <summary>Reads what comes next; false when nothing will.</summary>
    public async Task<bool> ReadAsync()
    {
        var read = 0;
        try
        {
            read = await connection.GetStream().ReadAsync(block).AsTask().WaitAsync(Patience);
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }

        isClosed = read == 0;
        came = [.. came, .. block.AsSpan(0, read)];
        Answer = WireAnswer.Read(came, isClosed, hasNoBody);
        return !isClosed;
    }

    /// <summary>Reads what has come, and waits for nothing.</summary>
    public async Task ReadAllThatCameAsync()
    {
        while (connection.Available > 0)
        {
            await ReadAsync();
        }
    }

    /// <summary>Reads until this is so, or nothing more comes.</summary>
    public async Task<WireAnswer?> ReadUntilAsync(Func<WireAnswer, bool> isEnough)
    {
        while ((Answer is null || !isEnough(Answer)) && await ReadAsync())
        {
        }

        return Answer;
    }

    /// <summary>Reads an answer to its end; null when there is none.</summary>
    public Task<WireAnswer?> ReadAnswerAsync() => ReadUntilAsync(answer => answer.HasEnded);

    /// <summary>Puts an answer aside that has ended; what came after it belongs to the next.</summary>
    public void Next()
    {
        came = came[Answer!.Length..];
        Answer = WireAnswer.Read(came, isClosed, hasNoBody: false);
    }

    public void Dispose() => connection.Dispose();
}
