using System.CommandLine;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Backup;

/// <summary><c>provider-cli backup FILE</c></summary>
internal sealed class BackupCommand : Command
{
    private readonly Argument<string> file = new("file") { Description = "The copy." };

    private readonly Option<bool> force = new("--force") { Description = "Replace the file if it is there." };

    private readonly Option<bool> noVerify = new("--no-verify") { Description = "Leave the copy unchecked." };

    public BackupCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("backup", "Copy the database while servers write to it, and check the copy.")
    {
        file.CompletionSources.Add(Completes.Files);
        this.AddExamples("router-copy.db", "router-copy.db --force --no-verify");
        Add(file);
        Add(force);
        Add(noVerify);
        Add(json);
        // On another thread: this one has to listen for Ctrl+C.
        SetAction((parse, cancellation) => Task.Run(
            () =>
            {
                var typed = parse.GetRequiredValue(file);
                if (typed.Length == 0)
                {
                    return terminal.Refuse(UsageProblem.WithHelp(["The file has no name."], this));
                }

                var (path, isForced) = (Path.GetFullPath(typed), parse.GetValue(force));
                var database = data.Open(parse);
                return OutputFile.Problem(path, isForced, database) is { } problem ? terminal.Fail(problem)
                    : new BackupRun(terminal, time, path, cancellation).Run(database, isForced, !parse.GetValue(noVerify), parse.GetValue(json));
            },
            CancellationToken.None));
    }
}
