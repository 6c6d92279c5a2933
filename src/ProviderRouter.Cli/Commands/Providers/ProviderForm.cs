using System.CommandLine;
using ProviderRouter.Cli.Options.Providers;
using ProviderRouter.Cli.Output;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Commands.Providers;

/// <summary>All options that say what a provider is, as <c>provider add</c> and <c>provider edit</c> take them.</summary>
internal sealed class ProviderForm
{
    private readonly ModelOptions models = new();
    private readonly LimitOptions limits = new();

    /// <summary>Where it is.</summary>
    public AddressOptions Address { get; } = new();

    /// <summary>Its key.</summary>
    public KeyOptions Key { get; } = new();

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => Groups.SelectMany(group => group.All);

    private IEnumerable<ProviderOptions> Groups => [Address, Key, models, limits];

    /// <summary>True when there is none of them on the command line.</summary>
    public bool IsEmpty(ParseResult parse) => All.All(option => parse.GetResult(option) is null or { Implicit: true });

    /// <summary>What the options make of a provider; every value that is none is a problem.</summary>
    public Func<Provider, Provider> Read(ParseResult parse, bool isNew, List<string> problems)
    {
        var changes = Groups.Select(group => group.Read(parse, isNew, problems)).ToList();
        return provider => ProviderRules.Normalise(changes.Aggregate(provider, (changed, change) => change(changed)));
    }

    /// <summary>The key that is to be stored; null when none is, or when it cannot be used.</summary>
    /// <param name="terminal">Where it is asked for.</param>
    /// <param name="provider">Whose key it is, for the question.</param>
    /// <param name="problems">Nobody is asked while there are some.</param>
    public static string? ReadKey(Terminal terminal, string provider, List<string> problems)
    {
        if (problems.Count > 0 && !Console.IsInputRedirected)
        {
            return null;
        }

        var key = KeyInput.Read(terminal, provider, out var problem);
        if (problem is not null)
        {
            problems.Add(problem);
        }

        return key;
    }

    /// <summary>What should be known of a provider that was written.</summary>
    public static void Warn(Terminal terminal, Provider provider, Configuration.RouterEnvironment environment)
    {
        if (provider.Key.IsMissing(environment))
        {
            terminal.Warn($"{provider.Key.EnvironmentVariable} is not set here; the router needs it where it runs.");
        }

        if (provider.Key.Source != "none" && Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out var url)
            && url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
        {
            terminal.Warn($"Its key goes to {url.Host} unencrypted: the base URL is http. Prefer https.");
        }
    }
}
