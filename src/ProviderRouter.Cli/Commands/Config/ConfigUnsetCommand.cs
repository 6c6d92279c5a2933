using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Config;

/// <summary><c>provider-cli config unset KEY</c></summary>
internal sealed class ConfigUnsetCommand : Command
{
    private readonly SettingKeyArgument key = new();

    public ConfigUnsetCommand(DataOption data, JsonOption json, Terminal terminal)
        : base("unset", "Bring a setting back to its default, from the next request on.")
    {
        Add(key);
        Add(json);
        this.AddExamples("retention.bodiesBefore");
        SetAction(parse =>
        {
            if (KnownSettings.Find(parse.GetRequiredValue(key), "provider-cli set NAME", out var unknown) is not { } setting)
            {
                return terminal.Fail(unknown);
            }

            using var store = data.Open(parse).OpenSettings();
            var change = new SettingChange(setting.Key, setting.Default, setting.TextIn(store.Read().Settings));
            store.Remove(setting.Key);
            change.Report(terminal, parse.GetValue(json), unchanged: "is at its default:");
            return ExitCode.Done;
        });
    }
}
