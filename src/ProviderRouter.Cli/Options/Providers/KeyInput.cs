using System.Text;
using ProviderRouter.Cli.Output;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Options.Providers;

/// <summary>Reads a key: what is piped in, or what is typed on a terminal, which does not show it.</summary>
internal static class KeyInput
{
    /// <summary>True when somebody can be asked.</summary>
    public static bool CanAsk => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>The key; null, and what is wrong with it, when it cannot be used.</summary>
    /// <param name="terminal">Where it is asked for.</param>
    /// <param name="owner">Whose key it is, for the question.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static string? Read(Terminal terminal, string owner, out string? problem)
    {
        var key = (Console.IsInputRedirected ? ReadPipe() : Ask(terminal, owner)).Trim();
        problem = KeyRules.KeyProblem(key);
        return problem is null ? key : null;
    }

    private static string ReadPipe()
    {
        using var input = Console.OpenStandardInput();
        // Enough to see that it is too long; nobody waits for the end of an endless pipe.
        var bytes = new byte[KeyRules.LongestKey * 2];
        var length = input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var text = bytes.AsSpan(0, length);
        // What is no ASCII is refused, so it does not matter as which letters it is read. Some shells put a mark before a text.
        return Encoding.Latin1.GetString(text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text);
    }

    private static string Ask(Terminal terminal, string owner)
    {
        // Looking for a letter is what stops the terminal from showing them: before the question, as some answer it at once.
        _ = Console.KeyAvailable;
        terminal.Ask($"Key of {owner} (not shown): ");
        var key = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } typed)
        {
            if (typed.Key == ConsoleKey.Backspace)
            {
                key.Length = Math.Max(0, key.Length - 1);
            }
            else if (typed.KeyChar != '\0' && key.Length <= KeyRules.LongestKey)
            {
                key.Append(typed.KeyChar);
            }
        }

        terminal.Ask("\n");
        return key.ToString();
    }
}
