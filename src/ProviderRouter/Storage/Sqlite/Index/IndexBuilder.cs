using Microsoft.Data.Sqlite;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>
/// Brings the index of the log up to date: facts by which exchanges are found and counted, and the words of their texts. One builds at a
/// time. What it wrote stays when it is ended in the middle, and the next one goes on from there.
/// </summary>
public sealed class IndexBuilder : IDisposable
{
    private readonly SqliteDatabase database;
    private readonly LockFile mine;
    private readonly SqliteConnection log;
    private LogIndex index;
    private FactsBuilder facts;
    private TextBuilder texts;

    private IndexBuilder(SqliteDatabase database, LockFile mine)
    {
        (this.database, this.mine) = (database, mine);
        log = database.Connect();
        index = LogIndex.OpenToWrite(database.Path, IsOfThisLog);
        (facts, texts) = (new FactsBuilder(log, index), new TextBuilder(log, index));
    }

    /// <summary>Begins to build; null when somebody else does.</summary>
    /// <exception cref="SqliteException">The index cannot be written.</exception>
    public static IndexBuilder? TryStart(SqliteDatabase database)
    {
        var taken = LockFile.TryTake(LogIndex.PathOf(database.Path) + "-build");
        try
        {
            return taken is null ? null : new IndexBuilder(database, taken);
        }
        catch (SqliteException)
        {
            taken!.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the index and begins anew.</summary>
    public void Clear()
    {
        Close();
        index = LogIndex.Make(LogIndex.PathOf(database.Path));
        (facts, texts) = (new FactsBuilder(log, index), new TextBuilder(log, index));
    }

    /// <summary>Indexes what is new in the log.</summary>
    /// <param name="progress">Called with how many exchanges were indexed since the last time.</param>
    /// <param name="cancellation">Ends it; what is written stays.</param>
    /// <exception cref="SqliteException">The index cannot be written.</exception>
    public void CatchUp(Action<long> progress, CancellationToken cancellation)
    {
        try
        {
            Build(progress, cancellation);
        }
        catch (Exception error) when (error is InvalidDataException or SqliteException { SqliteErrorCode: 1 or 11 or 26 })
        {
            // Damaged, or something in it is missing: it is made anew.
            Clear();
            Build(progress, cancellation);
        }
    }

    private void Build(Action<long> progress, CancellationToken cancellation)
    {
        facts.CatchUp(cancellation);
        if (ReadSetting() == AuditSearchIndex.On)
        {
            texts.CatchUp(progress, cancellation);
        }
        else
        {
            texts.DropAll();
        }
    }

    private bool IsOfThisLog(SqliteConnection opened) => IndexedLog.IsAbout(log, opened, LogSpan.Of(log));

    /// <summary>Takes out what retention took from the log, where there is an index. Whoever builds at this moment does it, too.</summary>
    /// <exception cref="SqliteException">The index cannot be written.</exception>
    public static void Forget(SqliteDatabase database)
    {
        if (File.Exists(LogIndex.PathOf(database.Path)))
        {
            using var builder = TryStart(database);
            builder?.Forget();
        }
    }

    private void Forget()
    {
        facts.Forget();
        texts.ForgetBodies();
    }

    private AuditSearchIndex ReadSetting()
    {
        using var settings = database.OpenSettings();
        return settings.Read().Settings.Audit.SearchIndex;
    }

    private void Close()
    {
        facts.Dispose();
        texts.Dispose();
        index.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        log.Dispose();
        mine.Dispose();
    }
}
