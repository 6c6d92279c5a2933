using System.CommandLine;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Providers;
using ProviderRouter.Settings;

namespace ProviderRouter.Cli.Options.Providers;

/// <summary>How patient the router is with a provider.</summary>
internal sealed class LimitOptions : ProviderOptions
{
    /// <summary>Brings a value back to what is in effect where nothing is said.</summary>
    private const string Default = "default";

    private readonly Option<string?> idle = Text(
        "--idle-timeout", "TIME", $"How long it may be silent, up to {Show(ProviderRules.LongestIdle)}; or default: REQUEST_TIMEOUT.");

    private readonly Option<string?> connect = Text(
        "--connect-timeout", "TIME", $"How long a connection may take, up to {Show(ProviderRules.LongestConnect)}; or default: 15s.");

    private readonly Option<string?> keepAlive = Text(
        "--keep-alive", "TIME",
        $"Time between comments in a stream before its first token, {Show(ProviderRules.ShortestKeepAlive)} to {Show(ProviderRules.LongestKeepAlive)}; or default: none.");

    private readonly Option<string?> retries = Text(
        "--retries", "N", $"Attempts after the first, 0 to {ProviderRules.MostRetries}; or default: 1 where there is a fallback, else 0.");

    private readonly Option<string?> cancel = Text(
        "--cancel", "on|off", "Whether a client that leaves ends its request there, too. Default: on.");

    public LimitOptions() => cancel.CompletionSources.Add(Completes.Words("on", "off"));

    /// <inheritdoc/>
    public override IEnumerable<Option> All => [idle, connect, keepAlive, retries, cancel];

    /// <inheritdoc/>
    public override Func<Provider, Provider> Read(ParseResult parse, bool isNew, List<string> problems)
    {
        var changes = new List<Func<Provider, Provider>>();
        Time(idle, "120s", (provider, time) => provider with { IdleTimeout = time });
        Time(connect, "5s", (provider, time) => provider with { ConnectTimeout = time });
        Time(keepAlive, "15s", (provider, time) => provider with { KeepAlive = time });
        Value(retries, $"a whole number from 0 to {ProviderRules.MostRetries}, or {Default}", text =>
            IsDefault(text) ? provider => provider with { Retries = null }
            : int.TryParse(text, out var count) ? provider => provider with { Retries = count } : null);
        Value(cancel, "on or off", text => text.Trim().ToLowerInvariant() switch
        {
            "on" or Default => provider => provider with { Cancels = true },
            "off" => provider => provider with { Cancels = false },
            _ => null,
        });
        return provider => changes.Aggregate(provider, (changed, change) => change(changed));

        void Time(Option<string?> option, string example, Func<Provider, TimeSpan?, Provider> with) =>
            Value(option, $"a time (units {TimeLimit.UnitNames}), for example {example}, or {Default}", text =>
                IsDefault(text) ? provider => with(provider, null)
                : TimeLimit.TryParse(text, out var time) ? provider => with(provider, time) : null);

        void Value(Option<string?> option, string allowed, Func<string, Func<Provider, Provider>?> parseText)
        {
            if (parse.GetValue(option) is not { } text)
            {
                return;
            }

            if (parseText(text) is { } change)
            {
                changes.Add(change);
            }
            else
            {
                problems.Add($"{option.Name} takes {allowed}.");
            }
        }
    }

    private static bool IsDefault(string text) => string.Equals(text.Trim(), Default, StringComparison.OrdinalIgnoreCase);

    private static string Show(TimeSpan time) => TimeLimit.Format(time);
}
