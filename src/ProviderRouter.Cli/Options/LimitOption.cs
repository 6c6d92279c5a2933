using System.CommandLine;
using System.CommandLine.Parsing;

namespace ProviderRouter.Cli.Options;

/// <summary><c>--limit N</c>: how many rows at most.</summary>
internal sealed class LimitOption : Option<int>
{
    /// <param name="most">How many where nothing else is asked for. Default: 50.</param>
    /// <param name="description">What the number is for.</param>
    public LimitOption(int most = 50, string description = "Show at most N requests.")
        : base("--limit", "-l", "-n")
    {
        Description = description;
        HelpName = "N";
        DefaultValueFactory = _ => most;
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
