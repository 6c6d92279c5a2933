using System.CommandLine;
using System.CommandLine.Parsing;
using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Cli.Options;

/// <summary>An option that takes a moment: <c>2h</c>, <c>yesterday</c>, RFC 3339.</summary>
internal sealed class MomentOption : Option<DateTimeOffset?>
{
    private readonly TimeProvider time;

    public MomentOption(string name, string description, TimeProvider time)
        : base(name)
    {
        this.time = time;
        Description = description;
        HelpName = "TIME";
        CustomParser = Parse;
    }

    private DateTimeOffset? Parse(ArgumentResult result) =>
        FilterValue.Moment(result.Tokens[0].Value, time, problem => result.AddError($"{Name} {problem}"));
}
