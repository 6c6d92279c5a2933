using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ProviderRouter.Cli.Commands.Completion;
using ProviderRouter.Cli.Commands.Config;
using ProviderRouter.Cli.Commands.Providers;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Help;

/// <summary>
/// The help of every command, which ends with its examples; that of the whole program is also what no command at all prints. That of
/// <c>config set</c> has what each key takes, that of <c>provider add</c> the presets,
/// that of <c>completion</c> how a shell is told of it.
/// </summary>
internal sealed class RootHelp(HelpAction help, Terminal terminal) : SynchronousCommandLineAction
{
    /// <summary>Puts this in the place of the root's own help.</summary>
    public static void AddTo(RootCommand root, Terminal terminal)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Description = "Show this help, or that of a command.";
        root.Options.OfType<VersionOption>().Single().Description = "Show the version.";

        var help = (HelpAction)option.Action!;
        help.MaxWidth = terminal.HelpWidth;
        var rootHelp = new RootHelp(help, terminal);
        option.Action = rootHelp;
        root.SetAction(rootHelp.Invoke);
        // Short enough for a narrow terminal.
        root.AddExamples("status", "set echo", "test qwen-direct", "history -n 5 --json");
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        switch (parseResult.CommandResult.Command)
        {
            case CompletionCommand:
                CompletionCommand.WriteUse(terminal);
                output.WriteLine();
                break;
            case ConfigSetCommand:
                ConfigSetCommand.WriteValues(terminal);
                output.WriteLine();
                break;
            case ProviderAddCommand:
                ProviderAddCommand.WritePresets(terminal);
                output.WriteLine();
                break;
        }

        output.WriteLine("Examples:");
        foreach (var example in Examples.Of(parseResult))
        {
            output.WriteLine($"  {example}");
        }

        return ExitCode.Done;
    }
}
