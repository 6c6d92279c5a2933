using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ProviderRouter.Cli.Commands.Config;
using ProviderRouter.Cli.Commands.Providers;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli;

/// <summary>
/// The help of every command. That of the whole program ends with examples, and is also what no command at all prints; that of
/// <c>config set</c> ends with what each key takes, that of <c>provider add</c> with the presets.
/// </summary>
internal sealed class RootHelp(HelpAction help, Terminal terminal) : SynchronousCommandLineAction
{
    // Short enough for a narrow terminal.
    private const string Examples =
        """
        Examples:
          provider-cli status
          provider-cli set echo
          provider-cli test qwen-direct
          provider-cli history -n 5 --json
        """;

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
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        switch (parseResult.CommandResult.Command)
        {
            case RootCommand:
                parseResult.InvocationConfiguration.Output.WriteLine(Examples);
                break;
            case ConfigSetCommand:
                ConfigSetCommand.WriteValues(terminal);
                break;
            case ProviderAddCommand:
                ProviderAddCommand.WritePresets(terminal);
                break;
        }

        return ExitCode.Done;
    }
}
