using ProviderRouter.Cli.Output;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Commands;

/// <summary>A choice of the active provider, and what was chosen before.</summary>
/// <param name="Providers">The active one, then those that answer when it fails, in order.</param>
/// <param name="Previous">Who was active.</param>
/// <param name="PreviousFallbacks">Who answered in its place.</param>
internal sealed record ActiveChange(IReadOnlyList<Provider> Providers, ActiveProvider Previous, IReadOnlyList<string> PreviousFallbacks)
{
    private string Name => Providers[0].Name;

    /// <summary>The names of those that answer when the active one fails, in order.</summary>
    public IReadOnlyList<string> Fallbacks => [.. Providers.Skip(1).Select(provider => provider.Name)];

    /// <summary>True when there is something to write.</summary>
    public bool IsOne =>
        Previous != new ActiveProvider(Name, ActiveProviderSource.Database) || !Fallbacks.SequenceEqual(PreviousFallbacks, StringComparer.Ordinal);

    public SetReport ToReport() => new(Name, Previous.Name, Fallbacks);

    /// <summary>Says what changed, and what to type next.</summary>
    public void Show(Terminal terminal)
    {
        var active = new Phrase(Name, Tone.Good);
        if (Previous.Name != Name)
        {
            terminal.WriteLine($"{Previous.Name} → ", active, "; the router uses it from the next request");
        }
        else if (Previous.Source == ActiveProviderSource.Database)
        {
            terminal.WriteLine(active, " is already active");
        }
        else
        {
            terminal.WriteLine(active, " stays active; the database names it from now on");
        }

        if (Fallbacks.Count > 0)
        {
            terminal.WriteLine("When it fails: ", new Phrase(string.Join(", then ", Fallbacks), Tone.Good));
        }
        else if (PreviousFallbacks.Count > 0)
        {
            var before = string.Join(',', PreviousFallbacks.Where(name => name != Name));
            terminal.WriteLine(
                "When it fails, nobody answers in its place any more; before: ", string.Join(", then ", PreviousFallbacks),
                before.Length > 0 ? $". To keep them: provider-cli set {Name} --fallback {before}" : "");
        }

        terminal.WriteLine("Next: ", new Phrase($"provider-cli test {Name}", Tone.Strong));
    }
}

/// <summary>What <c>set --json</c> prints.</summary>
/// <param name="Fallbacks">Who answers when the active provider fails, in order.</param>
internal sealed record SetReport(string ActiveProvider, string Previous, IReadOnlyList<string> Fallbacks);
