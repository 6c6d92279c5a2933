using System.Collections.Concurrent;
using System.Net.Sockets;

namespace ProviderRouter.Tests.Programs;

/// <summary>Clients that ask one question after the other, plain and streamed in turn, until they are stopped or cut off.</summary>
internal sealed class Load
{
    private readonly ConcurrentQueue<LoadAnswer> answers = new();
    private readonly Uri server;
    private readonly TimeSpan? pace;
    private readonly Task[] clients;
    private volatile bool isOver;
    private int broken;

    /// <param name="server">Whom they ask.</param>
    /// <param name="clients">How many they are.</param>
    /// <param name="pace">How long after a question each of them asks the next; null: as soon as it is answered.</param>
    public Load(Uri server, int clients, TimeSpan? pace = null)
    {
        (this.server, this.pace) = (server, pace);
        this.clients = [.. Enumerable.Range(0, clients).Select(client => Task.Run(() => AskAsync(client)))];
    }

    /// <summary>What was received whole, in the order in which it was.</summary>
    public IReadOnlyCollection<LoadAnswer> Answers => answers;

    /// <summary>Questions that got no answer, or not all of one.</summary>
    public int Broken => broken;

    public Task ReceiveAsync(int more)
    {
        var until = answers.Count + more;
        return Eventually.IsAsync($"{until} answers", () => answers.Count >= until);
    }

    /// <summary>Lets each client finish what it is at.</summary>
    public Task StopAsync()
    {
        isOver = true;
        return Task.WhenAll(clients);
    }

    private async Task AskAsync(int client)
    {
        using var timer = new PeriodicTimer(pace ?? Timeout.InfiniteTimeSpan);
        for (var number = 0; !isOver;)
        {
            try
            {
                using var connection = await WireClient.ConnectAsync(server);
                for (; !isOver; number++)
                {
                    await AskAsync(connection, client, number);
                    _ = pace is null || await timer.WaitForNextTickAsync(CancellationToken.None);
                }
            }
            catch (IOException)
            {
                Interlocked.Increment(ref broken);
                number++;
            }
            catch (SocketException)
            {
                // Nobody is there any more.
                return;
            }
        }
    }

    private async Task AskAsync(WireClient connection, int client, int number)
    {
        var said = $"client {client} question {number}";
        var streamed = (client + number) % 2 == 0 ? ",\"stream\":true" : "";
        await connection.PostAsync("/v1/chat/completions",
            $$"""{"model":"fake-small"{{streamed}},"messages":[{"role":"user","content":"{{said}}"}]}""");
        if (await connection.ReadUntilAsync(answer => answer.IsWhole) is not { IsWhole: true } whole)
        {
            throw new IOException("The connection ended before the answer did.");
        }

        answers.Enqueue(new LoadAnswer(client, number, whole));
        if (await connection.ReadAnswerAsync() is not { HasEnded: true })
        {
            throw new IOException("The connection ended after the last event.");
        }

        connection.Next();
    }
}

/// <summary>An answer that a client received whole.</summary>
internal sealed record LoadAnswer(int Client, int Number, WireAnswer Whole);
