using System.CommandLine;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Settings;

namespace ProviderRouter.Cli.Commands.Config;

/// <summary><c>provider-cli config set KEY VALUE</c></summary>
internal sealed class ConfigSetCommand : Command
{
    private readonly SettingKeyArgument key = new();

    private readonly Argument<string> value = new("value") { Description = "What it shall be; see below." };

    public ConfigSetCommand(DataOption data, JsonOption json, Terminal terminal)
        : base("set", "Change a setting, from the next request on.")
    {
        value.CompletionSources.Add(context =>
            SettingList.Find(context.ParseResult.GetValue(key) ?? "") is { } setting ? setting.Words.Select(word => Completes.Item(word)) : []);
        Add(key);
        Add(value);
        Add(json);
        this.AddExamples("audit.onFailure refuse", "retention.bodiesBefore 30d", "audit.maxBody 4MB");
        Validators.Add(command =>
        {
            // Of keys that are not known the action speaks, as other commands do of names.
            if (command.GetValue(key) is { } typed && command.GetValue(value) is { } text
                && SettingList.Find(typed) is { } setting && setting.Normalise(text) is null)
            {
                command.AddError(setting.Refusal(text));
            }
        });
        SetAction(parse =>
        {
            var text = parse.GetRequiredValue(value);
            if (KnownSettings.Find(parse.GetRequiredValue(key), $"provider-cli set {text}", out var unknown) is not { } setting)
            {
                return terminal.Fail(unknown);
            }

            if (setting.ProblemHere(text) is { } problem)
            {
                return terminal.Fail($"{setting.Key} is left as it is. {problem}");
            }

            using var store = data.Open(parse).OpenSettings();
            var change = new SettingChange(setting.Key, setting.Normalise(text)!, setting.TextIn(store.Read().Settings));
            var stored = store.Get(setting.Key);
            if (stored != change.Value)
            {
                store.Set(setting.Key, change.Value);
            }

            change.Report(terminal, parse.GetValue(json), stored == change.Value ? "is already" : "stays");
            return ExitCode.Done;
        });
    }

    /// <summary>What each key takes, below the rest of this command's help.</summary>
    public static void WriteValues(Terminal terminal)
    {
        terminal.WriteLine("Values:");
        var facts = new FactSheet();
        foreach (var setting in SettingList.All)
        {
            facts.Add($"  {setting.Key}", setting.Allowed);
        }

        terminal.Write(facts);
        terminal.WriteLine("  KB, MB, GB and TB are powers of 1024. m is a minute, y is 365 days.");
    }
}
