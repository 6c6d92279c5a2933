using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Index;

namespace ProviderRouter.Gateway.Indexing;

/// <summary>
/// <c>provider-router index</c>, which the server starts: indexes the log, goes on while there is more, and ends when there was nothing
/// for a while, or when its standard input does.
/// </summary>
internal sealed class IndexCommand : Command
{
    /// <summary>As it is called.</summary>
    public const string CommandName = "index";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>So many pauses without anything new, and it ends.</summary>
    private const int MostIdle = 15;

    private readonly TimeProvider time;

    public IndexCommand(Option<string?> data, TimeProvider time)
        : base(CommandName, "Index the log (what the server starts for itself).")
    {
        this.time = time;
        Hidden = true;
        Add(data);
        SetAction((parse, cancellation) => RunAsync(DataFolder.Find(parse.GetValue(data), RouterEnvironment.OfThisProcess()), cancellation));
    }

    private async Task<int> RunAsync(DataFolder folder, CancellationToken interrupted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        _ = Task.Run(() => WaitForEndOfInput(ended), CancellationToken.None);
        Yield();
        try
        {
            using var builder = IndexBuilder.TryStart(SqliteDatabase.Open(folder, time));
            for (var idle = 0; builder is not null; await Task.Delay(Pause, time, ended.Token))
            {
                var done = 0L;
                builder.CatchUp(count => done += count, ended.Token);
                idle = done > 0 ? 0 : idle + 1;
                // Right after it looked: what retention takes later, retention itself takes out of the index.
                if (idle == MostIdle)
                {
                    break;
                }
            }

            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (SqliteException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
        catch (SetUpException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    /// <summary>Lets everybody else go first.</summary>
    private static void Yield()
    {
        try
        {
            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.Idle;
        }
        catch (Win32Exception)
        {
            // It is not allowed to: then it takes its turn.
        }
    }

    private static void WaitForEndOfInput(CancellationTokenSource ended)
    {
        using var input = Console.OpenStandardInput();
        Span<byte> any = stackalloc byte[16];
        while (input.Read(any) > 0)
        {
        }

        try
        {
            ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was at its end anyway.
        }
    }
}
