using ProviderRouter.Cli.Output;
using ProviderRouter.Providers;
using ProviderRouter.Upstream;

namespace ProviderRouter.Cli.Commands.Probing;

/// <summary>All providers, a row each, and what is known so far of those that are asked.</summary>
internal sealed class ProbeBoard(IReadOnlyList<Provider> providers)
{
    private readonly Dictionary<string, ProbeResult> results = new(StringComparer.Ordinal);

    /// <summary>The lines that it takes.</summary>
    public int Height => providers.Count + 1;

    /// <summary>Takes an answer in.</summary>
    public void Add(ProbeResult result) => results[result.Provider] = result;

    /// <summary>For a terminal, at any moment: who has not answered is being asked.</summary>
    public FittedTable ForTerminal()
    {
        var table = new FittedTable(
            new Column("PROVIDER", MinWidth: 8), new Column("STATE", MinWidth: 6), new Column("TOOK", LeavesAt: 1, AlignRight: true),
            new Column("MODELS", LeavesAt: 0, AlignRight: true));
        foreach (var provider in providers)
        {
            var result = results.GetValueOrDefault(provider.Name);
            var state = result switch
            {
                { Healthy: true } => new Phrase("✓ healthy", Tone.Good),
                { Healthy: false } => new Phrase("✗ failed", Tone.Bad),
                null when provider.Enabled => new Phrase("asking …", Tone.Faint),
                null => new Phrase("disabled", Tone.Faint),
            };
            table.Add([
                new Phrase(provider.Name, provider.Enabled ? Tone.Plain : Tone.Faint), state,
                result is null ? "" : ReadableDuration.From(result.LatencyMs), result is { Healthy: true } ? $"{result.Models.Count}" : ""]);
        }

        return table;
    }

    /// <summary>For a pipe, when all have answered: no cell is empty.</summary>
    public FittedTable ForPipe()
    {
        var table = new FittedTable(
            new Column("PROVIDER"), new Column("STATE"), new Column("MS", AlignRight: true), new Column("MODELS", AlignRight: true));
        foreach (var provider in providers)
        {
            var result = results.GetValueOrDefault(provider.Name);
            table.Add([
                provider.Name, result is null ? "disabled" : result.Healthy ? "healthy" : "failed",
                result?.LatencyMs is { } ms ? $"{ms:0.#}" : "-", result is { Healthy: true } ? $"{result.Models.Count}" : "-"]);
        }

        return table;
    }
}
