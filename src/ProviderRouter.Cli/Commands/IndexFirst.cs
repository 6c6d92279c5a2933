using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Index;

namespace ProviderRouter.Cli.Commands;

/// <summary>Brings the index of the log up to date before a question that would take long without it.</summary>
internal static class IndexFirst
{
    /// <summary>Fewer exchanges than this are read about as quickly as they are indexed.</summary>
    private const long WorthIt = 1000;

    /// <summary>So many take long enough to read that somebody wonders.</summary>
    private const long Many = 20_000;

    /// <summary>
    /// Does it where a search is part of what is asked, it is worth it, and nobody else is about it. Ctrl+C ends that; what is indexed stays.
    /// </summary>
    public static void Run(SqliteDatabase database, TextQuery? search, Terminal terminal, TimeProvider time, CancellationToken cancellation)
    {
        if (search is null)
        {
            return;
        }

        var (missing, isOn) = database.MissingInIndex();
        if (missing < WorthIt || !isOn)
        {
            return;
        }

        var line = terminal.StartProgress(time);
        try
        {
            using var builder = IndexBuilder.TryStart(database);
            if (builder is null && missing >= Many)
            {
                terminal.Note($"The log is being indexed at this moment. {missing:N0} exchanges are not in the index yet, and are read one by one.");
            }

            var done = 0L;
            builder?.CatchUp(
                count => line.Show($"Indexing for this search and the next ones: {done += count:N0} of {missing:N0}"), cancellation);
        }
        catch (OperationCanceledException)
        {
            // Whoever asked is told to stop, too.
        }
        catch (SqliteException error)
        {
            terminal.Warn($"The log could not be indexed, so this takes longer: {error.Message.TrimEnd('.')}.");
        }
        finally
        {
            line.Clear();
        }
    }
}
