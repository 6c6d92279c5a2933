using System.CommandLine;
using ProviderRouter.Access;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Commands.Key;

/// <summary><c>provider-cli key revoke NAME</c></summary>
internal sealed class KeyRevokeCommand : Command
{
    private readonly KeyNameArgument name = new();

    public KeyRevokeCommand(DataOption data, JsonOption json, Terminal terminal)
        : base("revoke", "Take a key back, from the next request on. Its name can be used again.")
    {
        name.CompletionSources.Add(Completes.Keys);
        Add(name);
        Add(json);
        this.AddExamples("webui");
        SetAction(parse =>
        {
            var called = parse.GetRequiredValue(name);
            using var keys = data.Open(parse).OpenClientKeys();
            if (!keys.Revoke(called))
            {
                var known = keys.List().Where(key => key.RevokedAt is null).Select(key => key.Name);
                var meant = NearestName.To(called, known) is { } nearest ? $" Did you mean {nearest}?" : "";
                return terminal.Fail($"There is no key '{called}' that is not revoked.{meant} See them all: provider-cli key list");
            }

            if (parse.GetValue(json))
            {
                terminal.WriteJson(new RevokedKey(called, ClientKeyState.Revoked.Word()), CliJson.Readable.RevokedKey);
            }
            else
            {
                terminal.WriteLine(new Phrase(called, Tone.Strong), " is revoked, from the next request on");
            }

            return ExitCode.Done;
        });
    }
}

/// <summary>What <c>key revoke --json</c> prints.</summary>
internal sealed record RevokedKey(string Name, string State);
