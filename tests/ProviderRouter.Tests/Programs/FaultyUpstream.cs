using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProviderRouter.Tests.Programs;

/// <summary>A provider at the level of bytes: reads each request, and then does what the test says with the connection.</summary>
internal sealed class FaultyUpstream : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentQueue<string> requests = new();
    private readonly Task accepting;
    private int count;

    /// <param name="answer">Called with the connection and the number of the request, from 0; what it does not close is closed after it.</param>
    public FaultyUpstream(Func<Socket, int, Task> answer)
    {
        Answer = answer;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>What it does with a request. May be changed.</summary>
    public Func<Socket, int, Task> Answer { get; set; }

    public string BaseUrl => $"http://{listener.LocalEndpoint}/v1";

    /// <summary>The bodies of the requests that came whole.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    public CancellationToken Ending => ending.Token;

    /// <summary>An answer of a provider that is well.</summary>
    public static string Good(string said = "studio says hello") =>
        Whole(200, $$"""{"id":"1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{{said}}"},"finish_reason":"stop"}]}""");

    public static string Whole(int status, string body, string headers = "") =>
        $"HTTP/1.1 {status} Any\r\ncontent-type: application/json\r\ncontent-length: {body.Length}\r\n{headers}\r\n{body}";

    public static Task SayAsync(Socket connection, string bytes) => connection.SendAsync(Encoding.ASCII.GetBytes(bytes));

    /// <summary>Ends a connection without the TCP's good-bye.</summary>
    public static void Reset(Socket connection)
    {
        connection.LingerState = new LingerOption(enable: true, seconds: 0);
        connection.Close();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptSocketAsync(ending.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        using var closing = connection;
        try
        {
            var text = "";
            var block = new byte[64 * 1024];
            while (true)
            {
                if (BodyIn(text) is { } whole)
                {
                    var number = Interlocked.Increment(ref count) - 1;
                    requests.Enqueue(whole.Body);
                    text = text[whole.Length..];
                    await Answer(connection, number);
                    continue;
                }

                var read = await connection.ReceiveAsync(block, ending.Token);
                if (read == 0)
                {
                    return;
                }

                // A client that begins with TLS is told in plain words, as a server does that has none.
                if (text.Length == 0 && block[0] == 0x16)
                {
                    await SayAsync(connection, Whole(400, "This is plain HTTP."));
                    return;
                }

                text += Encoding.Latin1.GetString(block, 0, read);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The other side left, or it was told to.
        }
    }

    private static (string Body, int Length)? BodyIn(string text)
    {
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
        {
            return null;
        }

        var line = text[..head].Split("\r\n").FirstOrDefault(line => line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase));
        var length = line is null ? 0 : int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        return text.Length < head + 4 + length ? null : (text.Substring(head + 4, length), head + 4 + length);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        ending.Dispose();
    }
}
