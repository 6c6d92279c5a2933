using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Probing;

/// <summary>Models as rows: for people each alias has one too, for pipes one row is one model.</summary>
internal static class ModelTable
{
    public static FittedTable ForTerminal(IReadOnlyList<ListedModel> models)
    {
        var table = new FittedTable(
            new Column(""), new Column("PROVIDER", MinWidth: 8, LeavesAt: 1), new Column("MODEL", MinWidth: 12), new Column("STATE", LeavesAt: 0));
        foreach (var model in models)
        {
            var tone = model.Default ? Tone.Good : Tone.Plain;
            var state = (model.Default, model.Listed) switch
            {
                (true, true) => new Phrase("default", Tone.Good),
                (true, false) => new Phrase("default, not listed", Tone.Warning),
                (false, false) => new Phrase("not listed", Tone.Warning),
                _ => default(Phrase?),
            };
            table.Add([new Phrase(model.Default ? "●" : "", tone), new Phrase(model.Provider, tone), new Phrase(model.Model, tone), state ?? ""]);
            foreach (var alias in model.Aliases)
            {
                table.Add(["", model.Provider, $"{alias} → {model.Model}", new Phrase("alias", Tone.Faint)]);
            }
        }

        return table;
    }

    /// <summary>No cell is empty; aliases with commas between, last.</summary>
    public static FittedTable ForPipe(IReadOnlyList<ListedModel> models)
    {
        var table = new FittedTable(
            new Column("PROVIDER"), new Column("MODEL"), new Column("DEFAULT"), new Column("LISTED"), new Column("ALIASES"));
        foreach (var model in models)
        {
            table.Add([
                model.Provider, model.Model, model.Default ? "default" : "-", model.Listed ? "yes" : "no",
                model.Aliases.Count > 0 ? string.Join(", ", model.Aliases.Select(alias => $"{alias} → {model.Model}")) : "-"]);
        }

        return table;
    }
}
