using System.CommandLine;
using ProviderRouter.Cli.Commands.Providers;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;

namespace ProviderRouter.Cli.Commands;

/// <summary><c>provider-cli list</c></summary>
internal sealed class ListCommand : Command
{
    public ListCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal)
        : base("list", "List the providers.")
    {
        Aliases.Add("ls");
        Add(json);
        this.AddExamples("", "--json");
        SetAction(parse =>
        {
            using var store = data.Open(parse).OpenProviders();
            var place = ProviderPlace.Read(store, environment);
            var providers = store.List();
            IReadOnlyList<ListedProvider> listed = [.. providers.Select(provider => new ListedProvider(
                provider.Name, provider.Type, provider.BaseUrl, provider.Name == place.Active, provider.Enabled,
                provider.Key.EnvironmentVariable, provider.DefaultModel, place.FallbackPlace(provider.Name), provider.Key.Source))];
            if (parse.GetValue(json))
            {
                terminal.WriteJson(listed, CliJson.Readable.IReadOnlyListListedProvider);
            }
            else
            {
                terminal.Write(terminal.IsTerminal ? ForTerminal(listed) : ForPipe(listed));
            }

            if (!listed.Any(provider => provider.Active))
            {
                terminal.Note($"The active provider, '{place.Active}', is not among them. Choose one of them: provider-cli set NAME");
            }

            return ExitCode.Done;
        });
    }

    private static FittedTable ForTerminal(IReadOnlyList<ListedProvider> providers)
    {
        var table = new FittedTable(
            new Column(""), new Column("NAME", MinWidth: 8), new Column("TYPE", MinWidth: 6, LeavesAt: 1),
            new Column("URL", MinWidth: 12, LeavesAt: 2), new Column("STATE"));
        foreach (var provider in providers)
        {
            var tone = provider.Active ? Tone.Good : provider.Enabled ? Tone.Plain : Tone.Faint;
            var state = provider switch
            {
                { Active: true, Enabled: false } => new Phrase("active, disabled", Tone.Bad),
                { Active: true } => new Phrase("active", tone),
                { Fallback: { } number } => new Phrase($"fallback {number}{(provider.Enabled ? "" : ", disabled")}", tone),
                { Enabled: true } => new Phrase("enabled", tone),
                _ => new Phrase("disabled", tone),
            };
            table.Add([
                new Phrase(provider.Active ? "●" : "", tone), new Phrase(provider.Name, tone), new Phrase(provider.Type, tone),
                new Phrase(provider.BaseUrl, tone), state]);
        }

        return table;
    }

    private static FittedTable ForPipe(IReadOnlyList<ListedProvider> providers)
    {
        var table = new FittedTable(
            new Column("NAME"), new Column("TYPE"), new Column("URL"), new Column("ACTIVE"), new Column("ENABLED"),
            new Column("FALLBACK"), new Column("KEY"));
        foreach (var provider in providers)
        {
            table.Add([
                provider.Name, provider.Type, provider.BaseUrl,
                provider.Active ? "active" : "-", provider.Enabled ? "yes" : "no",
                provider.Fallback is { } number ? $"{number}" : "-", provider.KeySource]);
        }

        return table;
    }
}

/// <summary>One provider as <c>list --json</c> prints it.</summary>
/// <param name="KeyVariable">The environment variable that holds its key, or null.</param>
/// <param name="Fallback">Its place among those that answer when the active provider fails, from 1; or null.</param>
/// <param name="KeySource"><c>stored</c>, <c>$NAME</c> or <c>none</c>.</param>
internal sealed record ListedProvider(
    string Name, string Type, string BaseUrl, bool Active, bool Enabled, string? KeyVariable, string? DefaultModel, int? Fallback,
    string KeySource);
