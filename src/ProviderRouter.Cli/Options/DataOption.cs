using System.CommandLine;
using Microsoft.Data.Sqlite;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Glance;

namespace ProviderRouter.Cli.Options;

/// <summary><c>--data DIR</c>, on every command: where the database lies.</summary>
internal sealed class DataOption : Option<string?>
{
    private readonly RouterEnvironment environment;
    private readonly TimeProvider time;

    public DataOption(RouterEnvironment environment, TimeProvider time)
        : base("--data")
    {
        this.environment = environment;
        this.time = time;
        Description = "The folder of the database. Default: PROVIDER_ROUTER_DATA, else the user's data folder.";
        HelpName = "DIR";
        Recursive = true;
        CompletionSources.Add(Completes.Folders);
    }

    /// <summary>The folder that this run uses.</summary>
    public DataFolder FolderIn(ParseResult parse) => DataFolder.Find(parse.GetValue(this), environment);

    /// <summary>What a shell can be offered of the database of this line; null where no folder is found.</summary>
    public DatabaseGlance? GlanceAt(ParseResult parse)
    {
        try
        {
            return new DatabaseGlance(FolderIn(parse));
        }
        catch (Exception error) when (error is SetUpException or InvalidOperationException or ArgumentException or IOException)
        {
            // The line is not whole yet, or names no folder.
            return null;
        }
    }

    /// <summary>What a shell shows beside a request's id: when it came in, its model, who answered, and how that ended.</summary>
    public string Describe(GlancedRequest request)
    {
        string[] facts = [ReadableTime.From(request.CreatedAt, time), request.Model, request.Provider, request.Outcome];
        return string.Join(", ", facts.Where(fact => fact.Length > 0));
    }

    /// <summary>Opens the database of this run, and creates it where there is none.</summary>
    public SqliteDatabase Open(ParseResult parse) => SqliteDatabase.Open(FolderIn(parse), time);

    /// <summary>The same, for what reads the log: what a killed server left unanswered is marked first, where that can be done.</summary>
    public SqliteDatabase OpenMarked(ParseResult parse)
    {
        var database = Open(parse);
        try
        {
            database.MarkInterrupted();
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            // A copy that cannot be written, or a log that was tampered with, can still be read.
        }

        return database;
    }
}
