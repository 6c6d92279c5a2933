using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Config;

/// <summary><c>provider-cli config get KEY</c></summary>
internal sealed class ConfigGetCommand : Command
{
    private readonly SettingKeyArgument key = new();

    public ConfigGetCommand(DataOption data, JsonOption json, Terminal terminal)
        : base("get", "Print the value of a setting, and nothing else.")
    {
        Add(key);
        Add(json);
        this.AddExamples("audit.maxBody");
        SetAction(parse =>
        {
            if (KnownSettings.Find(parse.GetRequiredValue(key), "provider-cli status", out var unknown) is not { } setting)
            {
                return terminal.Fail(unknown);
            }

            using var store = data.Open(parse).OpenSettings();
            var listed = ListedSetting.Of(setting, store.Read().Settings);
            if (parse.GetValue(json))
            {
                terminal.WriteJson(listed, CliJson.Readable.ListedSetting);
            }
            else
            {
                terminal.WriteValue(listed.Value);
            }

            if (store.Get(setting.Key) is { } stored && setting.StoredProblem(stored) is { } problem)
            {
                terminal.Warn(problem);
            }

            return ExitCode.Done;
        });
    }
}
