using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Config;

/// <summary>What <c>config set --json</c> and <c>config unset --json</c> print.</summary>
/// <param name="Value">What is in effect from now on.</param>
/// <param name="Previous">What was in effect before.</param>
internal sealed record SettingChange(string Key, string Value, string Previous)
{
    /// <summary>Prints it.</summary>
    /// <param name="unchanged">What stands between key and value when the value is what it was.</param>
    public void Report(Terminal terminal, bool asJson, string unchanged)
    {
        if (asJson)
        {
            terminal.WriteJson(this, CliJson.Readable.SettingChange);
        }
        else if (Value == Previous)
        {
            terminal.WriteLine($"{Key} {unchanged} ", new Phrase(Shown(Value), Tone.Good));
        }
        else
        {
            terminal.WriteLine(
                $"{Key}: {Shown(Previous)} → ", new Phrase(Shown(Value), Tone.Good), "; in effect with the next request");
        }
    }

    private static string Shown(string value) => value.Length == 0 ? "(empty)" : value;
}
