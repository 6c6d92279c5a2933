using System.CommandLine;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Options.Providers;

/// <summary>How a provider's models are called, and what a person notes about it.</summary>
internal sealed class ModelOptions : ProviderOptions
{
    private readonly Option<string?> model = Text("--model", "NAME", "The model of a request that names none; \"\" for none.");

    private readonly Option<string[]> aliases = Texts(
        "--alias", "NAME=MODEL", "What clients call a model, and what the provider does; may be repeated. NAME= removes it.");

    private readonly Option<string?> note = Text("--note", "TEXT", $"Whatever you want to remember, up to {ProviderRules.LongestNote} letters.");

    public ModelOptions() => model.CompletionSources.Add(Completes.Models);

    /// <inheritdoc/>
    public override IEnumerable<Option> All => [model, aliases, note];

    /// <inheritdoc/>
    public override Func<Provider, Provider> Read(ParseResult parse, bool isNew, List<string> problems)
    {
        var (name, text) = (parse.GetValue(model), parse.GetValue(note));
        var changes = Pairs(parse, aliases, '=', isNew, problems);
        return provider => provider with
        {
            DefaultModel = name ?? provider.DefaultModel,
            Aliases = Changed(provider.Aliases, changes),
            Note = text ?? provider.Note,
        };
    }
}
