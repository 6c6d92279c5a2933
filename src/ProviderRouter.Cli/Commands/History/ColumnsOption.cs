using System.CommandLine;
using System.CommandLine.Parsing;
using ProviderRouter.Cli.Completion;

namespace ProviderRouter.Cli.Commands.History;

/// <summary><c>--columns time,id,prompt</c>: which columns, in this order.</summary>
internal sealed class ColumnsOption : Option<IReadOnlyList<HistoryColumn>?>
{
    public ColumnsOption()
        : base("--columns")
    {
        Description = $"These columns, in this order: {string.Join(",", HistoryColumn.All.Select(column => column.Name))}.";
        HelpName = "NAMES";
        CustomParser = Parse;
        CompletionSources.Add(Completes.Words([.. HistoryColumn.All.Select(column => column.Name)]));
    }

    private static List<HistoryColumn>? Parse(ArgumentResult result)
    {
        var columns = new List<HistoryColumn>();
        foreach (var name in result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (HistoryColumn.All.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } column)
            {
                columns.Add(column);
            }
            else
            {
                result.AddError($"--columns: there is no column {KeyLike.Quote(name)}. Known: {string.Join(", ", HistoryColumn.All.Select(known => known.Name))}.");
                return null;
            }
        }

        if (columns.Count == 0)
        {
            result.AddError("--columns takes names with commas between them, for example time,id,prompt.");
        }

        return columns;
    }
}
