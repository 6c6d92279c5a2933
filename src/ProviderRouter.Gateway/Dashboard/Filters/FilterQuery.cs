using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Filters;

/// <summary>
/// The filters of <c>history</c> in the query of a URL, by the names of its options. What is empty asks for nothing, as forms send every
/// field; names of other things are left alone.
/// </summary>
public sealed class FilterQuery
{
    /// <summary>The names, in the order in which a form shows them.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["provider", "model", "status", "outcome", "endpoint", "since", "until", "slower-than", "min-tokens", "key", "replays", "search"];

    private readonly Dictionary<string, string> given = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];

    private FilterQuery(IQueryCollection query)
    {
        foreach (var name in Names)
        {
            var values = query[name];
            if (values.Count > 1)
            {
                problems.Add($"{name} may be there only once.");
            }
            else if (values.ToString().Trim() is { Length: > 0 } text)
            {
                given[name] = text;
            }
        }
    }

    /// <summary>Which exchanges are meant; without what is wrong.</summary>
    public ExchangeFilter Filter { get; private set; } = ExchangeFilter.All;

    /// <summary>Everything that is wrong, each as a sentence; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>True when nothing is asked for.</summary>
    public bool IsEmpty => given.Count == 0;

    /// <summary>What was typed, to be shown again; empty where nothing was.</summary>
    public string this[string name] => given.GetValueOrDefault(name, "");

    /// <summary>Reads a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="database">Where the names of providers are looked up, whose case does not count; asked only where one is named.</param>
    /// <param name="time">By which ages are counted.</param>
    public static FilterQuery Read(IQueryCollection query, SqliteDatabase database, TimeProvider time)
    {
        var read = new FilterQuery(query);
        read.Filter = new ExchangeFilter
        {
            Provider = read.Given("provider") is { } typed ? ProviderIn(database, typed) : null,
            Model = read.Given("model"),
            Status = read.Value("status", FilterValue.Status),
            Outcome = read.Given("outcome") is { } outcome ? FilterValue.Outcome(outcome, read.Refuse("outcome")) : null,
            Endpoint = read.Given("endpoint"),
            Since = read.Value("since", (text, problem) => FilterValue.Moment(text, time, problem)),
            Until = read.Value("until", (text, problem) => FilterValue.Moment(text, time, problem)),
            SlowerThan = read.Value("slower-than", FilterValue.Duration),
            MinTokens = read.Value("min-tokens", FilterValue.Tokens),
            ClientKey = read.Given("key"),
            IsReplay = read.Value("replays", Replays),
            Search = read.Given("search") is { } search ? FilterValue.Search(search, read.Refuse("search")) : null,
        };
        return read;
    }

    /// <summary>The filters as a query with its question mark, with others in place of some; empty without any.</summary>
    /// <param name="others">Names and values; an empty value leaves the name out.</param>
    public string ToQuery(params ReadOnlySpan<(string Name, string Value)> others)
    {
        var all = new Dictionary<string, string>(given, StringComparer.Ordinal);
        foreach (var (name, value) in others)
        {
            all[name] = value;
        }

        var query = new QueryBuilder();
        foreach (var (name, value) in all.Where(one => one.Value.Length > 0))
        {
            query.Add(name, value);
        }

        return query.ToString();
    }

    private string? Given(string name) => given.GetValueOrDefault(name);

    private T? Value<T>(string name, Func<string, Action<string>, T?> read)
        where T : struct => Given(name) is { } text ? read(text, Refuse(name)) : null;

    private Action<string> Refuse(string name) => problem => problems.Add($"{name} {problem}");

    private static bool? Replays(string text, Action<string> problem)
    {
        switch (text.ToLowerInvariant())
        {
            case "only":
                return true;
            case "none":
                return false;
            default:
                problem($"takes only or none, not {KeyLike.Quote(text)}.");
                return null;
        }
    }

    private static string ProviderIn(SqliteDatabase database, string typed)
    {
        // A provider that is gone still has its requests on record.
        using var providers = database.OpenProviders();
        return providers.List().FirstOrDefault(provider => provider.Name.Equals(typed, StringComparison.OrdinalIgnoreCase))?.Name ?? typed;
    }
}
