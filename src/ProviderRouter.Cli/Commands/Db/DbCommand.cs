using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Db;

/// <summary><c>provider-cli db</c>: the database as a file.</summary>
internal sealed class DbCommand : Command
{
    public DbCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("db", "Tell where the database is, and what is in it.")
    {
        Add(new DbPathCommand(data, json, terminal));
        Add(new DbStatusCommand(data, json, terminal, time));
        Add(new DbIndexCommand(data, json, terminal, time));
        this.AddExamples("path", "status", "index");
    }
}
