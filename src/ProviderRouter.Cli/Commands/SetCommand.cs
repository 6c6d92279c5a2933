using System.CommandLine;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Commands;

/// <summary><c>provider-cli set NAME</c></summary>
internal sealed class SetCommand : Command
{
    private readonly Argument<string> name = new("provider") { Description = "Its name, as provider-cli list shows it." };

    public SetCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal)
        : base("set", "Choose the provider that answers from the next request on.")
    {
        Add(name);
        Add(json);
        SetAction(parse =>
        {
            using var store = data.Open(parse).OpenProviders();
            var known = new KnownProviders(store.List());
            var typed = parse.GetRequiredValue(name);
            if (known.Find(typed) is not { } provider)
            {
                return terminal.Fail(known.Unknown(typed));
            }

            if (!provider.Enabled)
            {
                return terminal.Fail($"{provider.Name} is disabled. Choose another: provider-cli list");
            }

            var previous = ActiveChoice.Read(store, environment).Active;
            if (previous != new ActiveProvider(provider.Name, ActiveProviderSource.Database))
            {
                store.SetActive(provider.Name);
            }

            if (parse.GetValue(json))
            {
                terminal.WriteJson(new SetReport(provider.Name, previous.Name), CliJson.Readable.SetReport);
            }
            else
            {
                Show(terminal, provider.Name, previous);
            }

            if (provider.Key.IsMissing(environment))
            {
                terminal.Warn($"{provider.Key.EnvironmentVariable} is not set here; the router needs it where it runs.");
            }

            return ExitCode.Done;
        });
    }

    private static void Show(Terminal terminal, string name, ActiveProvider previous)
    {
        var active = new Phrase(name, Tone.Good);
        if (previous.Name != name)
        {
            terminal.WriteLine($"{previous.Name} → ", active, "; the router uses it from the next request");
        }
        else if (previous.Source == ActiveProviderSource.Database)
        {
            terminal.WriteLine(active, " is already active");
        }
        else
        {
            terminal.WriteLine(active, " stays active; the database names it from now on");
        }

        terminal.WriteLine("Next: ", new Phrase($"provider-cli test {name}", Tone.Strong));
    }
}

/// <summary>What <c>set --json</c> prints.</summary>
internal sealed record SetReport(string ActiveProvider, string Previous);
