using System.CommandLine;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Options.Providers;

/// <summary>Where a provider's key comes from, and how it is sent. A key itself is never an argument: others see those.</summary>
internal sealed class KeyOptions : ProviderOptions
{
    private const string Default = "default";

    private readonly Option<string?> variable = Text(
        "--key-env", "VARIABLE", "The environment variable that holds the key where the router runs.");

    private readonly Option<bool> stdin = new("--key-stdin") { Description = "Read the key from stdin, or ask for it, and store it encrypted." };

    private readonly Option<bool> none = new("--no-key") { Description = "No key: what the client sends is passed on." };

    private readonly Option<string?> header = Text("--key-header", "NAME", "The header that bears the key. Default: authorization.");

    private readonly Option<string?> prefix = Text(
        "--key-prefix", "TEXT", "What precedes the key in it; a blank follows a word. Default: Bearer; \"\" for nothing.");

    /// <inheritdoc/>
    public override IEnumerable<Option> All => [variable, stdin, none, header, prefix];

    /// <summary>True when it is said where the key comes from, or that there is none.</summary>
    public bool SaysSource(ParseResult parse) => parse.GetResult(variable) is not null || parse.GetValue(stdin) || parse.GetValue(none);

    /// <summary>True when the key is to be read and stored.</summary>
    public bool IsStored(ParseResult parse) => parse.GetValue(stdin);

    /// <inheritdoc/>
    public override Func<Provider, Provider> Read(ParseResult parse, bool isNew, List<string> problems)
    {
        var (name, isStored, isNone) = (parse.GetValue(variable)?.Trim(), parse.GetValue(stdin), parse.GetValue(none));
        if ((name is null ? 0 : 1) + (isStored ? 1 : 0) + (isNone ? 1 : 0) > 1)
        {
            problems.Add("--key-env, --key-stdin and --no-key do not go together.");
        }

        var (place, before) = (parse.GetValue(header), parse.GetValue(prefix));
        return provider => provider with
        {
            Key = provider.Key with
            {
                EnvironmentVariable = name ?? (isNone ? null : provider.Key.EnvironmentVariable),
                Sealed = name is not null || isNone ? null : provider.Key.Sealed,
                Header = place is null ? provider.Key.Header : IsDefault(place) ? ProviderKey.None.Header : place,
                Prefix = before is null ? provider.Key.Prefix : IsDefault(before) ? ProviderKey.None.Prefix : KeyRules.WithBlank(before),
            },
        };
    }

    private static bool IsDefault(string text) => string.Equals(text.Trim(), Default, StringComparison.OrdinalIgnoreCase);
}
