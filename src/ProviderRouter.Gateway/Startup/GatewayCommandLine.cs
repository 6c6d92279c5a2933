using System.CommandLine;
using System.CommandLine.Help;
using ProviderRouter.Configuration;
using ProviderRouter.Gateway.Indexing;

namespace ProviderRouter.Gateway.Startup;

/// <summary>The command line of <c>provider-router</c>.</summary>
public static class GatewayCommandLine
{
    private static readonly Option<string?> Data = new("--data")
    {
        Description = "The folder of the database [PROVIDER_ROUTER_DATA; default: provider-router in the user's data folder]",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Host = new("--host")
    {
        Description = "The address to listen on [HOST; default: 127.0.0.1]",
        HelpName = "ADDRESS",
    };

    private static readonly Option<string?> Port = new("--port")
    {
        Description = "The TCP port to listen on; 0 takes a free one [PORT; default: 3001]",
        HelpName = "PORT",
    };

    private static readonly Option<bool> RequireKey = new("--require-key")
    {
        Description = "Ask clients for a key on loopback, too, as behind a reverse proxy [PROVIDER_ROUTER_REQUIRE_KEY]",
    };

    private static readonly Option<bool> AllowAnonymous = new("--allow-anonymous")
    {
        Description = "Ask nobody for a key, whoever reaches the address [PROVIDER_ROUTER_ALLOW_ANONYMOUS]",
    };

    private static readonly Option<string?> MaxConnections = new("--max-connections")
    {
        Description = "How many connections may be open [PROVIDER_ROUTER_MAX_CONNECTIONS; default: 10000]",
        HelpName = "N",
    };

    /// <summary>Runs the server until it is told to stop.</summary>
    /// <returns>0 after a stop, 1 when it could not start, 2 for wrong usage.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var command = new RootCommand("One local URL, compatible with OpenAI's API, in front of every LLM provider.\n\n"
            + "More settings come from the environment or a .env file in the working folder: DEFAULT_PROVIDER,\n"
            + "LM_STUDIO_BASE_URL, LM_STUDIO_DEFAULT_MODEL, QWEN_PROXY_BASE_URL, QWEN_API_KEY, QWEN_BASE_URL, LOG_LEVEL,\n"
            + "REQUEST_TIMEOUT. Which provider answers is chosen with `provider-cli set NAME`. On any address but loopback,\n"
            + "clients must show a key: `provider-cli key create NAME`.")
        {
            Data, Host, Port, RequireKey, AllowAnonymous, MaxConnections, new IndexCommand(Data, TimeProvider.System),
        };
        command.SetAction((parsed, cancellation) => StartAsync(parsed));

        var result = command.Parse(args);
        if (result.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(
                $"{string.Join(' ', result.Errors.Select(error => error.Message))} See provider-router --help.");
            return 2;
        }

        // The host listens to Ctrl+C and SIGTERM itself.
        return await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static async Task<int> StartAsync(ParseResult parsed)
    {
        try
        {
            var given = new GatewayArguments(
                parsed.GetValue(Data), parsed.GetValue(Host), parsed.GetValue(Port), parsed.GetValue(MaxConnections),
                parsed.GetValue(RequireKey), parsed.GetValue(AllowAnonymous));
            var options = GatewayOptions.Read(given, RouterEnvironment.OfThisProcess());
            await GatewayServer.RunAsync(options, TimeProvider.System);
            return 0;
        }
        catch (SetUpException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }
}
