using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ProviderRouter.Cli.Options;

/// <summary><c>--timeout SECONDS</c>: how long to wait for a provider.</summary>
internal sealed class TimeoutOption : Option<double>
{
    private const double Default = 10;
    private const double Longest = 3600;

    public TimeoutOption()
        : base("--timeout")
    {
        Description = "Wait at most this long for the whole answer.";
        HelpName = "SECONDS";
        DefaultValueFactory = _ => Default;
        CustomParser = Parse;
    }

    /// <summary>The timeout of this run.</summary>
    public TimeSpan In(ParseResult parse) => TimeSpan.FromSeconds(parse.GetValue(this));

    private static double Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || seconds is not (>= 0.001 and <= Longest))
        {
            result.AddError($"--timeout takes seconds, from 0.001 to {Longest}, not {KeyLike.Quote(text)}.");
        }

        return seconds;
    }
}
