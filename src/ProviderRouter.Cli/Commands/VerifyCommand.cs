using System.CommandLine;
using ProviderRouter.AuditLog;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands;

/// <summary><c>provider-cli verify</c></summary>
internal sealed class VerifyCommand : Command
{
    private readonly Option<bool> head = new("--head")
    {
        Description = "Print the head of the log's chain, to be kept elsewhere, and nothing else.",
    };

    private readonly SinceOption since = new();

    public VerifyCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("verify", "Check that nothing in the log was altered, removed or inserted.")
    {
        Add(since);
        Add(head);
        Add(json);
        this.AddExamples("", "--head >> /mnt/elsewhere/heads", "--since \"$(tail -n 1 /mnt/elsewhere/heads)\"");
        Validators.Add(command =>
        {
            if (command.GetValue(head) && command.GetResult(since) is not null)
            {
                command.AddError("--head and --since do not go together.");
            }
        });
        SetAction(async (parse, cancellation) =>
        {
            var database = data.OpenMarked(parse);
            if (parse.GetValue(head))
            {
                PrintHead(terminal, database.ReadHead(), parse.GetValue(json));
                return ExitCode.Done;
            }

            var started = time.GetTimestamp();
            var progress = terminal.StartProgress(time);
            try
            {
                var report = await Task.Run(
                    () => database.Verify(parse.GetValue(since), (done, total) => progress.Show(Shown(done, total)), cancellation),
                    CancellationToken.None);
                progress.Clear();
                return new VerifySummary(terminal, database.Path).Print(report, time.GetElapsedTime(started), parse.GetValue(json));
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
            finally
            {
                progress.Clear();
            }
        });
    }

    private static void PrintHead(Terminal terminal, ChainHead head, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(new HeadResult($"{head}"), CliJson.Readable.HeadResult);
        }
        else
        {
            terminal.WriteValue($"{head}");
        }
    }

    private static string Shown(long done, long total) => $"Checking: {100 * done / Math.Max(1, total)}%, {done:#,0} of {total:#,0} rows";
}

/// <summary>What <c>verify --head --json</c> prints.</summary>
internal sealed record HeadResult(string Head);
