using System.Text;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Show;

/// <summary>What <c>show --raw</c> prints: the bytes of one body, and nothing else; on a terminal, as text that is safe there.</summary>
internal sealed class RawBody(AuditRecord record, RecordedBodies bodies, BodySide side)
{
    /// <summary>Prints them, and says what is missing.</summary>
    /// <returns>The exit code: 1 where there is nothing to print.</returns>
    public int Write(Terminal terminal)
    {
        var body = KeptBody.Of(record, bodies, side);
        if (body.Kept is not { Length: > 0 } kept)
        {
            return terminal.Fail(body.Shortfall ?? (side == BodySide.Request ? "The request had no body." : "The answer had no body."));
        }

        if (terminal.IsTerminal)
        {
            // Nothing in it is to be obeyed.
            terminal.WriteText(Encoding.UTF8.GetString(kept.Span));
        }
        else
        {
            terminal.WriteBytes(kept);
        }

        if (body.Shortfall is { } shortfall)
        {
            terminal.Warn(shortfall);
        }

        return ExitCode.Done;
    }
}
