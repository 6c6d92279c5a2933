using System.CommandLine;
using ProviderRouter.Access;
using ProviderRouter.Cli.Options.Providers;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;

namespace ProviderRouter.Cli.Commands.Replay;

/// <summary>The key that a router may ask its clients for. It is never an argument: others see those.</summary>
internal sealed class RouterKey
{
    private const string Variable = "PROVIDER_ROUTER_KEY";

    /// <summary>How to give one, for messages.</summary>
    public const string HowToGive =
        $"Put a key of the router's (provider-cli key create NAME) into the environment variable {Variable}, or pipe it in with --key-stdin";

    private readonly Option<bool> stdin = new("--key-stdin")
    {
        Description = $"Read the router's key from stdin, or ask for it. Default: {Variable}, else none.",
    };

    public RouterKey(Command command) => command.Add(stdin);

    /// <summary>The key; null where none is given.</summary>
    /// <exception cref="SetUpException">What is given is no key of a router's.</exception>
    public string? Read(ParseResult parse, RouterEnvironment environment, Terminal terminal)
    {
        string? problem = null;
        var isRead = parse.GetValue(stdin);
        var key = isRead ? KeyInput.Read(terminal, "the router", out problem) : environment[Variable];
        if (problem is not null)
        {
            throw new SetUpException($"{problem} {HowToGive}");
        }

        // Any other would go on to the provider.
        return key is null || KeyText.FindIn(key).Length == key.Length ? key
            : throw new SetUpException($"What {(isRead ? "stdin" : Variable)} holds is no key of a router's. Make one: provider-cli key create NAME");
    }
}
