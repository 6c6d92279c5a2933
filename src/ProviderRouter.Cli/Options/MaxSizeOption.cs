using System.CommandLine;
using System.CommandLine.Parsing;
using ProviderRouter.Settings;

namespace ProviderRouter.Cli.Options;

/// <summary><c>--max-size SIZE</c>: how large the database may be, as the setting <c>retention.maxSize</c> has it.</summary>
internal sealed class MaxSizeOption : Option<long?>
{
    private const long Least = 1L << 20;

    public MaxSizeOption()
        : base("--max-size")
    {
        Description = "While the database is larger, remove the oldest bodies, then the oldest records.";
        HelpName = "SIZE";
        CustomParser = Parse;
    }

    private long? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (ByteSize.TryParse(text, out var bytes) && bytes >= Least)
        {
            return bytes;
        }

        result.AddError(
            $"{Name} takes a size of at least {ByteSize.Format(Least)} (units {ByteSize.UnitNames}), for example 5GB, not {KeyLike.Quote(text)}.");
        return null;
    }
}
