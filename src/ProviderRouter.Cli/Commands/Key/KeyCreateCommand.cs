using System.CommandLine;
using ProviderRouter.Access;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Key;

/// <summary><c>provider-cli key create NAME</c></summary>
internal sealed class KeyCreateCommand : Command
{
    private readonly KeyNameArgument name = new();

    private readonly AgeOption expires = new("--expires", "It opens nothing any more after this time. Default: never.");

    private readonly Option<bool> admin = new("--admin") { Description = "It opens /admin, and not /v1." };

    public KeyCreateCommand(DataOption data, JsonOption json, Terminal terminal)
        : base("create", "Make a key and print it, this once.")
    {
        Add(name);
        Add(expires);
        Add(admin);
        Add(json);
        this.AddExamples("webui", "ci --expires 30d", "ops --admin");
        SetAction(parse =>
        {
            var called = parse.GetRequiredValue(name);
            if (KeyName.Problem(called) is { } problem)
            {
                return terminal.Fail(problem);
            }

            var kind = parse.GetValue(admin) ? ClientKeyKind.Admin : ClientKeyKind.Client;
            using var keys = data.Open(parse).OpenClientKeys();
            if (keys.Make(called, kind, parse.GetValue(expires)) is not var (text, key))
            {
                return terminal.Fail($"There is a key '{called}' already. Take another name, or first: provider-cli key revoke {called}");
            }

            if (parse.GetValue(json))
            {
                terminal.WriteJson(MadeKey.Of(text, key), CliJson.Readable.MadeKey);
            }
            else
            {
                terminal.WriteValue(text);
            }

            terminal.Note("Keep it: it is stored nowhere. Clients of ", kind == ClientKeyKind.Admin ? "/admin" : "/v1",
                " send it as Authorization: Bearer KEY, or in x-api-key or api-key.");
            return ExitCode.Done;
        });
    }
}

/// <summary>A new key as <c>key create --json</c> prints it.</summary>
/// <param name="Key">The key itself.</param>
internal sealed record MadeKey(string Name, string Kind, string Key, DateTime CreatedAt, DateTime? ExpiresAt)
{
    public static MadeKey Of(string text, ClientKey key) =>
        new(key.Name, key.Kind.Word(), text, key.CreatedAt.UtcDateTime, key.ExpiresAt?.UtcDateTime);
}
