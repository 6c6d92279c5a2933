using System.CommandLine;
using ProviderRouter.Cli.Completion;

namespace ProviderRouter.Cli.Options;

/// <summary><c>--fallback A,B</c>: who answers, in order, when the chosen provider fails.</summary>
internal sealed class FallbackOption : Option<string[]>
{
    public FallbackOption()
        : base("--fallback")
    {
        Description = "Who answers, in order, when it fails: names with commas between.";
        HelpName = "A,B";
        Arity = ArgumentArity.OneOrMore;
        CompletionSources.Add(Completes.ProviderLists);
        CustomParser = result =>
        [
            .. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        ];
        Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.Tokens.All(token => token.Value.Trim(' ', ',').Length == 0))
            {
                result.AddError("--fallback takes names with commas between, for example echo,qwen-proxy.");
            }
        });
    }
}
