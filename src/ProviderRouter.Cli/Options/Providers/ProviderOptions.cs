using System.CommandLine;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Options.Providers;

/// <summary>Options that say what a provider is, on <c>provider add</c> and <c>provider edit</c>.</summary>
internal abstract class ProviderOptions
{
    /// <summary>All of them, in the order of the help.</summary>
    public abstract IEnumerable<Option> All { get; }

    /// <summary>What these options make of a provider.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="isNew">True for a provider that is added, of which nothing can be removed.</param>
    /// <param name="problems">Takes every value that is none, without repeating it.</param>
    public abstract Func<Provider, Provider> Read(ParseResult parse, bool isNew, List<string> problems);

    /// <summary>An option that takes one text.</summary>
    protected static Option<string?> Text(string name, string valueName, string description) =>
        new(name) { HelpName = valueName, Description = description };

    /// <summary>An option that takes one text each time, and may be there more than once.</summary>
    protected static Option<string[]> Texts(string name, string valueName, string description) => new(name)
    {
        HelpName = valueName,
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => [.. result.Tokens.Select(token => token.Value)],
    };

    /// <summary>The map with what these texts add; a text without a value removes.</summary>
    /// <param name="changes">Names, and values or null.</param>
    protected static IReadOnlyDictionary<string, string> Changed(
        IReadOnlyDictionary<string, string> map, IReadOnlyList<KeyValuePair<string, string?>> changes)
    {
        var changed = new Dictionary<string, string>(map, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            changed.Remove(name);
            if (value is not null)
            {
                changed.Add(name, value);
            }
        }

        return changed;
    }

    /// <summary>Names and values with this letter between; a value is null where nothing follows the letter.</summary>
    protected static List<KeyValuePair<string, string?>> Pairs(
        ParseResult parse, Option<string[]> option, char between, bool isNew, List<string> problems)
    {
        var pairs = new List<KeyValuePair<string, string?>>();
        foreach (var text in parse.GetValue(option) ?? [])
        {
            var at = text.IndexOf(between, StringComparison.Ordinal);
            var (name, value) = at <= 0 ? ("", "") : (text[..at].Trim(), text[(at + 1)..].Trim());
            if (name.Length == 0 || (isNew && value.Length == 0))
            {
                problems.Add($"{option.Name} takes {option.HelpName}.");
            }
            else if (pairs.Any(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)))
            {
                problems.Add($"{option.Name} names {KeyLike.Quote(name)} twice.");
            }
            else
            {
                pairs.Add(new(name, value.Length == 0 ? null : value));
            }
        }

        return pairs;
    }
}
