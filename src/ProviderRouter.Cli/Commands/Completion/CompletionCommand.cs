using System.CommandLine;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Completion;

/// <summary><c>provider-cli completion SHELL</c></summary>
internal sealed class CompletionCommand : Command
{
    // The name of each shell's script ends so.
    private static readonly Dictionary<string, string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bash"] = "bash", ["zsh"] = "zsh", ["fish"] = "fish", ["powershell"] = "ps1",
    };

    private readonly Argument<string> shell = new("shell")
    {
        Description = "Which shell: bash, zsh, fish or powershell.",
        HelpName = "shell",
        CompletionSources = { Completes.Words([.. Endings.Keys]) },
    };

    public CompletionCommand()
        : base("completion", "Print what makes a shell complete this program's commands, options and names with the Tab key.")
    {
        Add(shell);
        Add(new CandidatesCommand());
        this.AddExamples("bash", "zsh", "fish", "powershell");
        Validators.Add(command =>
        {
            if (command.GetValue(shell) is { } typed && !Endings.ContainsKey(typed))
            {
                command.AddError($"There is no script for {KeyLike.Quote(typed)}, only for {string.Join(", ", Endings.Keys)}.");
            }
        });
        SetAction(parse =>
        {
            using var script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"provider-cli.{Endings[parse.GetRequiredValue(shell)]}")!;
            using var reader = new StreamReader(script);
            parse.InvocationConfiguration.Output.Write(reader.ReadToEnd());
            return ExitCode.Done;
        });
    }

    /// <summary>How to have each shell use it, below the rest of this command's help.</summary>
    public static void WriteUse(Terminal terminal)
    {
        terminal.WriteLine("Use:");
        terminal.WriteLine("  bash, in ~/.bashrc:          source <(provider-cli completion bash)");
        terminal.WriteLine("  zsh, in ~/.zshrc:            source <(provider-cli completion zsh), after compinit;");
        terminal.WriteLine("               or once:        provider-cli completion zsh > \"${fpath[1]}/_provider-cli\"");
        terminal.WriteLine("  fish, in its config.fish:    provider-cli completion fish | source");
        terminal.WriteLine("  PowerShell, in $PROFILE:     provider-cli completion powershell | Out-String | Invoke-Expression");
        terminal.WriteLine("  provider-cli has to be in the PATH.");
    }
}
