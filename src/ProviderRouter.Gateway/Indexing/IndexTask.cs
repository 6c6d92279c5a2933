using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Indexing;

/// <summary>
/// Sees to it that the log is indexed while the server runs: starts a process for it (<see cref="IndexCommand"/>) when there is something
/// to do. Not a thread: what it takes of memory goes with it, it yields to the server, and whatever bodies do to it, they do not do to the
/// server.
/// </summary>
internal sealed partial class IndexTask(SqliteDatabase database, AuditLogWriter log, TimeProvider time, ILogger<IndexTask> logger) : BackgroundService
{
    /// <summary>So many rows are worth a process at once; a question reads fewer ones from the log about as quickly.</summary>
    private const long WorthStarting = 2000;

    /// <summary>How often it is looked.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>How long a few rows wait, and all that an earlier server left.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How long the server waits for it when it ends itself.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(3);

    private long indexed = -1;
    private long since = time.GetTimestamp();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var written = log.Health.Written;
            if (written == indexed)
            {
                since = time.GetTimestamp();
            }
            else if (written - indexed >= WorthStarting || time.GetElapsedTime(since) >= Patience)
            {
                indexed = written;
                await RunAsync(stoppingToken);
                since = time.GetTimestamp();
            }
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Host(), IndexCommand.CommandName, "--data", Path.GetDirectoryName(database.Path)!])
        {
            UseShellExecute = false,
            // It ends when this pipe does, however the server ended.
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var said = await process.StandardError.ReadToEndAsync(stopping);
                await process.WaitForExitAsync(stopping);
                indexed = process.ExitCode == 0 ? Math.Max(indexed, log.Health.Written) : indexed;
                if (said.Length > 0)
                {
                    Log.Failed(logger, said.Trim());
                }
            }
            catch (OperationCanceledException)
            {
                process.StandardInput.Close();
                process.WaitForExit(EndLimit);
                throw;
            }
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            Log.Failed(logger, error.Message);
        }
    }

    /// <summary>What <c>dotnet</c> has to be told first, where the server was started as <c>dotnet provider-router.dll</c>.</summary>
    private static string[] Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The log could not be indexed; provider-cli history and stats may take longer: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
