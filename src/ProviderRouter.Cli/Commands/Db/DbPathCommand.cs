using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Db;

/// <summary><c>provider-cli db path</c></summary>
internal sealed class DbPathCommand : Command
{
    public DbPathCommand(DataOption data, JsonOption json, Terminal terminal)
        : base("path", "Print the path of the database, whether it is there or not, and nothing else.")
    {
        Add(json);
        this.AddExamples("", "--data ~/other-log");
        SetAction(parse =>
        {
            var path = data.FolderIn(parse).DatabasePath;
            if (parse.GetValue(json))
            {
                terminal.WriteJson(new DatabasePath(path, File.Exists(path)), CliJson.Readable.DatabasePath);
            }
            else
            {
                terminal.WriteValue(path);
            }

            return ExitCode.Done;
        });
    }
}

/// <summary>What <c>db path --json</c> prints.</summary>
internal sealed record DatabasePath(string Path, bool Exists);
