using System.CommandLine;
using System.CommandLine.Parsing;

namespace ProviderRouter.Cli.Options;

/// <summary><c>--limit N</c>: how many rows at most.</summary>
internal sealed class LimitOption : Option<int>
{
    /// <summary>The rows that are shown when nothing else is asked for.</summary>
    private const int Default = 50;

    public LimitOption()
        : base("--limit", "-l", "-n")
    {
        Description = "Show at most N requests.";
        HelpName = "N";
        DefaultValueFactory = _ => Default;
        CustomParser = Parse;
    }

    private static int Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, out var limit) || limit < 1)
        {
            result.AddError($"--limit takes a whole number from 1 to {int.MaxValue}, not {KeyLike.Quote(text)}.");
        }

        return limit;
    }
}
