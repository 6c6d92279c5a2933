using System.CommandLine;
using System.CommandLine.Parsing;
using ProviderRouter.Settings;

namespace ProviderRouter.Cli.Options;

/// <summary>An option that takes an age: <c>30d</c>.</summary>
internal sealed class AgeOption : Option<TimeSpan?>
{
    public AgeOption(string name, string description)
        : base(name)
    {
        Description = description;
        HelpName = "AGE";
        CustomParser = Parse;
    }

    private TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Age.TryParse(text, out var age))
        {
            return age;
        }

        result.AddError($"{Name} takes {Age.Allowed}, not {KeyLike.Quote(text)}.");
        return null;
    }
}
