using System.CommandLine;
using System.CommandLine.Parsing;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Cli.Options;

/// <summary><c>--since HEAD</c>: a head of the log's chain that was kept elsewhere.</summary>
internal sealed class SinceOption : Option<ChainHead?>
{
    public SinceOption()
        : base("--since")
    {
        Description = "A head that was kept elsewhere, which must still be there.";
        HelpName = "HEAD";
        CustomParser = Parse;
    }

    private static ChainHead? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (ChainHead.TryParse(text.Trim(), out var head))
        {
            return head;
        }

        result.AddError($"--since takes a head as provider-cli verify --head prints it: a place, a colon and 64 hexadecimal digits, not {KeyLike.Quote(text)}.");
        return null;
    }
}
