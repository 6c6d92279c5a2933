using System.CommandLine;
using System.CommandLine.Parsing;

namespace ProviderRouter.Cli.Options;

/// <summary><c>--parallel N</c>: how many at the same time.</summary>
internal sealed class ParallelOption : Option<int>
{
    private const int Default = 4;
    private const int Most = 64;

    public ParallelOption()
        : base("--parallel")
    {
        Description = $"Send so many at the same time, at most {Most}.";
        HelpName = "N";
        DefaultValueFactory = _ => Default;
        CustomParser = Parse;
    }

    private static int Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, out var number) || number is < 1 or > Most)
        {
            result.AddError($"--parallel takes a whole number from 1 to {Most}, not {KeyLike.Quote(text)}.");
        }

        return number;
    }
}
