using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Settings;

namespace ProviderRouter.Cli.Commands.Config;

/// <summary><c>provider-cli config list</c></summary>
internal sealed class ConfigListCommand : Command
{
    private const string ChangedMark = "●";

    public ConfigListCommand(DataOption data, JsonOption json, Terminal terminal)
        : base("list", $"List the settings; {ChangedMark} marks those that differ from their defaults.")
    {
        Aliases.Add("ls");
        Add(json);
        this.AddExamples("", "--json");
        SetAction(parse =>
        {
            using var store = data.Open(parse).OpenSettings();
            var (settings, problems) = store.Read();
            IReadOnlyList<ListedSetting> listed = [.. SettingList.All.Select(setting => ListedSetting.Of(setting, settings))];
            if (parse.GetValue(json))
            {
                terminal.WriteJson(listed, CliJson.Readable.IReadOnlyListListedSetting);
            }
            else
            {
                terminal.Write(terminal.IsTerminal ? ForTerminal(listed) : ForPipe(listed));
            }

            foreach (var problem in problems)
            {
                terminal.Warn(problem);
            }

            return ExitCode.Done;
        });
    }

    /// <summary>For a terminal: the description on a line of its own below its setting.</summary>
    private static FittedTable ForTerminal(IReadOnlyList<ListedSetting> settings)
    {
        var table = new FittedTable(
            new Column(""), new Column("KEY"), new Column("VALUE", MinWidth: 8), new Column("DEFAULT", LeavesAt: 0));
        foreach (var (key, value, standard, changed, description) in settings)
        {
            var tone = changed ? Tone.Good : Tone.Plain;
            table.Add(
                [
                    new Phrase(changed ? ChangedMark : "", tone), new Phrase(key, tone), new Phrase(Shown(value), tone),
                    new Phrase(Shown(standard), Tone.Faint),
                ],
                new Phrase(description, Tone.Faint));
        }

        return table;
    }

    /// <summary>For a pipe: one line a setting, no cell empty, the description last.</summary>
    private static FittedTable ForPipe(IReadOnlyList<ListedSetting> settings)
    {
        var table = new FittedTable(
            new Column("KEY"), new Column("VALUE"), new Column("DEFAULT"), new Column("CHANGED"), new Column("DESCRIPTION"));
        foreach (var (key, value, standard, changed, description) in settings)
        {
            table.Add([key, Shown(value), Shown(standard), changed ? "changed" : "-", description]);
        }

        return table;
    }

    private static string Shown(string value) => value.Length == 0 ? "-" : value;
}
