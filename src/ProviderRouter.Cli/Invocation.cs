using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using Microsoft.Data.Sqlite;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli;

/// <summary>One run of the program. What is expected to go wrong becomes one line on standard error and an exit code.</summary>
internal sealed class Invocation(RootCommand root, DataOption data, Terminal terminal)
{
    private readonly SuggestDirective suggestions = root.Directives.OfType<SuggestDirective>().Single();

    /// <summary>Parses, does what was asked, and answers the exit code.</summary>
    public int Run(string[] args)
    {
        // An argument that begins with @ is an argument, not the name of a file with more of them.
        var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            // An unknown command beside --help is still an unknown command; what a shell wants completed is none.
            if (parse.Action is ParseErrorAction || (parse.UnmatchedTokens.Count > 0 && parse.GetResult(suggestions) is null))
            {
                return terminal.Refuse(UsageProblem.In(parse));
            }

            var code = parse.Invoke(terminal.ForCommandLine());
            terminal.Flush();
            return code;
        }
        catch (SetUpException error)
        {
            return terminal.Fail(error.Message);
        }
        catch (SqliteException error)
        {
            return terminal.Fail(SqliteDatabase.Explain(error, data.FolderIn(parse).DatabasePath).Message);
        }
        catch (IOException error)
        {
            // A pipe whose reader left is no failure and does not come here: the console's streams end silently then.
            return terminal.Fail($"The output could not be written: {error.Message.TrimEnd('.')}.");
        }
    }
}
