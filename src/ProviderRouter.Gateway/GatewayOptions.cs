using System.Net;
using Microsoft.Extensions.Logging;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;

namespace ProviderRouter.Gateway;

/// <summary>The server's settings: a command-line option, else the environment, else the default.</summary>
public sealed record GatewayOptions
{
    /// <summary>Where the database lies (<c>--data</c>, <c>PROVIDER_ROUTER_DATA</c>).</summary>
    public required DataFolder Data { get; init; }

    /// <summary>The address to listen on (<c>--host</c>, <c>HOST</c>). Default: 127.0.0.1.</summary>
    public required IPAddress Host { get; init; }

    /// <summary>The TCP port to listen on, 0 to 65535 (<c>--port</c>, <c>PORT</c>). 0 takes any free one. Default: 3001.</summary>
    public required int Port { get; init; }

    /// <summary>Clients must show a key on loopback, too (<c>--require-key</c>, <c>PROVIDER_ROUTER_REQUIRE_KEY</c>).</summary>
    public bool RequireKey { get; init; }

    /// <summary>Clients need no key from anywhere (<c>--allow-anonymous</c>, <c>PROVIDER_ROUTER_ALLOW_ANONYMOUS</c>).</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>True when clients must show a key: where other machines reach the server, unless it was told otherwise.</summary>
    public bool AsksForKeys => RequireKey || (!IPAddress.IsLoopback(Host) && !AllowAnonymous);

    /// <summary>
    /// True when an admin must: also where clients need none. Who changes where a provider is gets the key that is sent there.
    /// </summary>
    public bool AsksForAdminKeys => RequireKey || !IPAddress.IsLoopback(Host);

    /// <summary>
    /// How many connections may be open (<c>--max-connections</c>, <c>PROVIDER_ROUTER_MAX_CONNECTIONS</c>), from 1 on; more are closed at
    /// once. Default: 10,000.
    /// </summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>The least that is written to stderr (<c>LOG_LEVEL</c>). Default: info.</summary>
    public required LogLevel LogLevel { get; init; }

    /// <summary>
    /// How long a provider may be silent (<c>REQUEST_TIMEOUT</c>, in ms), never a limit on a whole answer; 0 for ever.
    /// Default: 120 s.
    /// </summary>
    public required TimeSpan RequestTimeout { get; init; }

    /// <summary>What the environment says of the built-in providers.</summary>
    public required IReadOnlyList<ProviderOverride> ProviderOverrides { get; init; }

    /// <summary>The environment that all of this was read from; keys are looked up in it.</summary>
    public required RouterEnvironment Environment { get; init; }

    /// <summary>How long a shutdown waits for the requests that run: 30 s.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Reads and checks all settings; every problem is in the one error.</summary>
    /// <exception cref="SetUpException">Settings that cannot be used.</exception>
    public static GatewayOptions Read(GatewayArguments given, RouterEnvironment environment)
    {
        var problems = new List<string>();
        var options = new GatewayOptions
        {
            Data = DataFolder.Find(given.Data, environment),
            Host = ReadHost(given.Host ?? environment["HOST"] ?? "127.0.0.1", problems),
            Port = ReadNumber(given.Port is null ? "PORT" : "--port", given.Port ?? environment["PORT"], 3001, 0, IPEndPoint.MaxPort, problems),
            RequireKey = ReadSwitch("PROVIDER_ROUTER_REQUIRE_KEY", environment, problems) || given.RequireKey,
            AllowAnonymous = ReadSwitch("PROVIDER_ROUTER_ALLOW_ANONYMOUS", environment, problems) || given.AllowAnonymous,
            MaxConnections = ReadNumber(
                given.MaxConnections is null ? "PROVIDER_ROUTER_MAX_CONNECTIONS" : "--max-connections",
                given.MaxConnections ?? environment["PROVIDER_ROUTER_MAX_CONNECTIONS"], 10_000, 1, 1_000_000, problems),
            LogLevel = ReadLogLevel(environment["LOG_LEVEL"] ?? "info", problems),
            RequestTimeout = TimeSpan.FromMilliseconds(
                ReadNumber("REQUEST_TIMEOUT", environment["REQUEST_TIMEOUT"], 120_000, 0, int.MaxValue, problems)),
            ProviderOverrides = Collect(() => BuiltInProviders.OverridesFrom(environment), [], problems),
            Environment = environment,
        };

        if (environment[ActiveProvider.Variable] is { } name && BuiltInProviders.Find(name, []) is null)
        {
            var known = BuiltInProviders.All.Select(provider => provider.Name);
            problems.Add($"{ActiveProvider.Variable} is '{name}', which is none of {string.Join(", ", known)}.");
        }

        if (options is { RequireKey: true, AllowAnonymous: true })
        {
            problems.Add("--require-key and --allow-anonymous contradict each other. Choose one.");
        }

        return problems.Count == 0 ? options : throw new SetUpException(string.Join(' ', problems));
    }

    private static IPAddress ReadHost(string text, List<string> problems)
    {
        if (string.Equals(text, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        if (text is "*" or "+")
        {
            return IPAddress.Any;
        }

        if (IPAddress.TryParse(text.Trim('[', ']'), out var address))
        {
            return address;
        }

        problems.Add($"The host '{text}' is not an IP address or 'localhost'. Name one with --host or HOST, such as 127.0.0.1.");
        return IPAddress.Loopback;
    }

    private static int ReadNumber(string name, string? text, int @default, int least, int most, List<string> problems)
    {
        if (text is null)
        {
            return @default;
        }

        if (int.TryParse(text, out var number) && number >= least && number <= most)
        {
            return number;
        }

        problems.Add($"{name} is '{text}', which is not a whole number from {least} to {most}.");
        return @default;
    }

    private static bool ReadSwitch(string name, RouterEnvironment environment, List<string> problems)
    {
        var text = environment[name]?.ToLowerInvariant();
        if (text is not (null or "1" or "true" or "yes" or "0" or "false" or "no"))
        {
            problems.Add($"{name} is '{text}', which is neither true nor false.");
        }

        return text is "1" or "true" or "yes";
    }

    private static LogLevel ReadLogLevel(string text, List<string> problems)
    {
        LogLevel? level = text.ToLowerInvariant() switch
        {
            "trace" => LogLevel.Trace,
            "debug" => LogLevel.Debug,
            "info" or "information" => LogLevel.Information,
            "warn" or "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            "fatal" or "critical" => LogLevel.Critical,
            "none" or "silent" => LogLevel.None,
            _ => null,
        };
        if (level is null)
        {
            problems.Add($"LOG_LEVEL is '{text}', which is none of trace, debug, info, warn, error, fatal, none.");
        }

        return level ?? LogLevel.Information;
    }

    private static T Collect<T>(Func<T> read, T otherwise, List<string> problems)
    {
        try
        {
            return read();
        }
        catch (SetUpException error)
        {
            problems.Add(error.Message);
            return otherwise;
        }
    }
}
