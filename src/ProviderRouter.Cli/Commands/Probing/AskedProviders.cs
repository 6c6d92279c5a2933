using System.CommandLine;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Options;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Probing;

/// <summary><c>[provider] --all --timeout SECONDS</c>: whom a command asks, and for how long it waits.</summary>
internal sealed class AskedProviders
{
    private readonly Argument<string?> name = new("provider")
    {
        Description = "The provider to ask. Default: the active one.",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { Completes.Providers },
    };

    private readonly Option<bool> all = new("--all") { Description = "Ask all that are enabled, side by side." };

    private readonly TimeoutOption timeout = new();

    public AskedProviders(Command command)
    {
        command.Add(name);
        command.Add(all);
        command.Add(timeout);
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) && result.GetValue(name) is not null)
            {
                result.AddError("--all and the name of a provider do not go together.");
            }
        });
    }

    /// <summary>True when all are asked, and not one.</summary>
    public bool AreAll(ParseResult parse) => parse.GetValue(all);

    /// <summary>How long to wait for each.</summary>
    public TimeSpan Timeout(ParseResult parse) => timeout.In(parse);

    /// <summary>The one that is named, else the active one; with <c>--all</c> every one, also those that are not to be asked.</summary>
    /// <param name="problem">Why there is none.</param>
    public IReadOnlyList<Provider> Find(ParseResult parse, SqliteDatabase database, RouterEnvironment environment, out string problem)
    {
        using var store = database.OpenProviders();
        var providers = store.List();
        if (AreAll(parse))
        {
            problem = "No provider is enabled. See provider-cli list, then: provider-cli provider enable NAME";
            return providers.Any(provider => provider.Enabled) ? providers : [];
        }

        var known = new KnownProviders(providers);
        var typed = parse.GetValue(name);
        var wanted = typed ?? ActiveChoice.Read(store, environment).Active.Name;
        problem = known.Unknown(wanted) + (typed is null ? " It is the active one; choose another: provider-cli set NAME" : "");
        return known.Find(wanted) is { } provider ? [provider] : [];
    }
}
