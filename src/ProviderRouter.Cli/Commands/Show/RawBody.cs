using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Show;

/// <summary>What <c>show --raw</c> prints: the bytes of one body, and nothing else; on a terminal, as text that is safe there.</summary>
/// <param name="body">What is known of it.</param>
/// <param name="open">Reads all of it; null where nothing of it is kept.</param>
internal sealed class RawBody(KeptBody body, Func<Stream?> open)
{
    /// <summary>Prints them, and says what is missing.</summary>
    /// <returns>The exit code: 1 where there is nothing to print.</returns>
    public int Write(Terminal terminal)
    {
        using var bytes = body.Kept > 0 ? open() : null;
        if (bytes is null)
        {
            return terminal.Fail(body.Shortfall ?? (body.Side == BodySide.Request ? "The request had no body." : "The answer had no body."));
        }

        if (terminal.IsTerminal)
        {
            // Nothing in it is to be obeyed.
            using var text = new StreamReader(bytes);
            terminal.WriteText(text.ReadToEnd());
        }
        else
        {
            terminal.WriteBytes(bytes);
        }

        if (body.Shortfall is { } shortfall)
        {
            terminal.Warn(shortfall);
        }

        return ExitCode.Done;
    }
}
