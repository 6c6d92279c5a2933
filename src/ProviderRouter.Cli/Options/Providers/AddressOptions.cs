using System.CommandLine;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Options.Providers;

/// <summary>Where a provider is, and what goes with each request to it.</summary>
internal sealed class AddressOptions : ProviderOptions
{
    private readonly Option<string?> baseUrl = Text(
        "--base-url", "URL", "What the router's /v1 stands for, as in http://localhost:1234/v1.");

    private readonly Option<string[]> headers = Texts(
        "--header", "NAME: VALUE", "A header of each request, no key; may be repeated. \"NAME:\" removes it.");

    private readonly Option<string?> query = Text(
        "--query", "QUERY", "Added to the query of each URL, as in api-version=v1; \"\" for none.");

    /// <inheritdoc/>
    public override IEnumerable<Option> All => [baseUrl, headers, query];

    /// <summary>True when a base URL is given.</summary>
    public bool HasUrl(ParseResult parse) => parse.GetResult(baseUrl) is not null;

    /// <inheritdoc/>
    public override Func<Provider, Provider> Read(ParseResult parse, bool isNew, List<string> problems)
    {
        var (url, text) = (parse.GetValue(baseUrl), parse.GetValue(query));
        IReadOnlyList<KeyValuePair<string, string?>> changes =
            [.. Pairs(parse, headers, ':', isNew, problems).Select(pair => new KeyValuePair<string, string?>(pair.Key.ToLowerInvariant(), pair.Value))];
        return provider => provider with
        {
            BaseUrl = url ?? provider.BaseUrl,
            Headers = Changed(provider.Headers, changes),
            Query = text ?? provider.Query,
        };
    }
}
