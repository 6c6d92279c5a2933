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
    public static GatewayOptions Read(string? data, string? host, string? port, RouterEnvironment environment)
    {
        var problems = new List<string>();
        var options = new GatewayOptions
        {
            Data = DataFolder.Find(data, environment),
            Host = ReadHost(host ?? environment["HOST"] ?? "127.0.0.1", problems),
            Port = ReadNumber(port is null ? "PORT" : "--port", port ?? environment["PORT"], 3001, IPEndPoint.MaxPort, problems),
            LogLevel = ReadLogLevel(environment["LOG_LEVEL"] ?? "info", problems),
            RequestTimeout = TimeSpan.FromMilliseconds(
                ReadNumber("REQUEST_TIMEOUT", environment["REQUEST_TIMEOUT"], 120_000, int.MaxValue, problems)),
            ProviderOverrides = Collect(() => BuiltInProviders.OverridesFrom(environment), [], problems),
            Environment = environment,
        };

        if (environment[ActiveProvider.Variable] is { } name && BuiltInProviders.Find(name, []) is null)
        {
            var known = BuiltInProviders.All.Select(provider => provider.Name);
            problems.Add($"{ActiveProvider.Variable} is '{name}', which is none of {string.Join(", ", known)}.");
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

    private static int ReadNumber(string name, string? text, int @default, int most, List<string> problems)
    {
        if (text is null)
        {
            return @default;
        }

        if (int.TryParse(text, out var number) && number >= 0 && number <= most)
        {
            return number;
        }

        problems.Add($"{name} is '{text}', which is not a whole number from 0 to {most}.");
        return @default;
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
