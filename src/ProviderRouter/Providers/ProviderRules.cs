using ProviderRouter.Settings;

namespace ProviderRouter.Providers;

/// <summary>What a provider may be, whoever writes it: the command line, an import, the admin API.</summary>
public static class ProviderRules
{
    /// <summary>The longest time that a provider may be silent.</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromHours(24);

    /// <summary>The longest time that a connection may take to come about.</summary>
    public static readonly TimeSpan LongestConnect = TimeSpan.FromMinutes(5);

    /// <summary>The shortest time between comments before the first token.</summary>
    public static readonly TimeSpan ShortestKeepAlive = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between comments before the first token.</summary>
    public static readonly TimeSpan LongestKeepAlive = TimeSpan.FromMinutes(10);

    /// <summary>The most attempts after the first one.</summary>
    public const int MostRetries = 10;

    /// <summary>The longest note, in UTF-16 units.</summary>
    public const int LongestNote = 500;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(1);

    /// <summary>The provider in the one spelling that the database keeps; what is wrong with it stays for <see cref="Check"/>.</summary>
    public static Provider Normalise(Provider provider) => provider with
    {
        BaseUrl = BaseUrl.Normalise(provider.BaseUrl),
        Headers = Lower(provider.Headers),
        Key = provider.Key with { Header = provider.Key.Header.Trim().ToLowerInvariant() },
        Query = NullIfEmpty(provider.Query?.Trim().TrimStart('?').Trim('&')),
        DefaultModel = NullIfEmpty(provider.DefaultModel?.Trim()),
        Note = NullIfEmpty(provider.Note?.Trim()),
    };

    /// <summary>Every problem of a provider, each a sentence that repeats no value; none when it is as it may be.</summary>
    public static IReadOnlyList<string> Check(Provider provider) => [.. CheckFields(provider).Select(problem => problem.Text)];

    /// <summary>The same, and what of the provider each is about.</summary>
    public static IReadOnlyList<ProviderProblem> CheckFields(Provider provider)
    {
        var problems = new List<ProviderProblem>();
        Add(ProviderField.Name, NameRules.NameProblem(provider.Name, "name"));
        Add(ProviderField.Type, NameRules.NameProblem(provider.Type, "type"));
        Add(ProviderField.BaseUrl, UrlProblem(provider));
        problems.AddRange(KeyRules.Check(provider.Key));
        problems.AddRange(HeaderRules.Check(provider.Headers).Select(problem => new ProviderProblem(ProviderField.Headers, problem)));
        Add(ProviderField.Query, provider.Query is { } query ? HeaderRules.QueryProblem(query) : null);
        Add(ProviderField.DefaultModel, provider.DefaultModel is { } model ? NameRules.ModelProblem(model, "The default model") : null);
        problems.AddRange(NameRules.Check(provider.Aliases).Select(problem => new ProviderProblem(ProviderField.Aliases, problem)));
        Add(ProviderField.IdleTimeout, TimeProblem(provider.IdleTimeout, "idle timeout", ShortestTimeout, LongestIdle));
        Add(ProviderField.ConnectTimeout, TimeProblem(provider.ConnectTimeout, "connect timeout", ShortestTimeout, LongestConnect));
        Add(ProviderField.KeepAlive, TimeProblem(provider.KeepAlive, "keep-alive", ShortestKeepAlive, LongestKeepAlive));
        Add(ProviderField.Retries, provider.Retries is < 0 or > MostRetries ? $"The retries must be a whole number from 0 to {MostRetries}." : null);
        Add(ProviderField.Note, provider.Note is { } note && (note.Length > LongestNote || note.Any(char.IsControl) || KeyLike.IsIn(note))
            ? $"The note must be at most {LongestNote} letters, without control characters and without a key." : null);
        return problems;

        void Add(ProviderField field, string? problem)
        {
            if (problem is not null)
            {
                problems.Add(new(field, problem));
            }
        }
    }

    private static string? UrlProblem(Provider provider) =>
        provider.AnswersInside
            ? provider.BaseUrl == Provider.EchoUrl ? null : $"The base URL of what the router itself answers is {Provider.EchoUrl}, and cannot be changed."
        : !BaseUrl.IsAllowed(provider.BaseUrl) ? $"The base URL must be {BaseUrl.Allowed}."
        : KeyLike.IsIn(provider.BaseUrl) ? "The base URL must hold no key: URLs are shown, and keys are sent in a header."
        : null;

    private static string? TimeProblem(TimeSpan? time, string what, TimeSpan least, TimeSpan most) =>
        time is { } value && (value < least || value > most)
            ? $"The {what} must be from {TimeLimit.Format(least)} to {TimeLimit.Format(most)} (units {TimeLimit.UnitNames})." : null;

    private static IReadOnlyDictionary<string, string> Lower(IReadOnlyDictionary<string, string> headers)
    {
        var lower = new Dictionary<string, string>(StringComparer.Ordinal);
        // Two that are one in lower case stay two, for Check to say so.
        return headers.All(header => lower.TryAdd(header.Key.Trim().ToLowerInvariant(), header.Value.Trim())) ? lower : headers;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
