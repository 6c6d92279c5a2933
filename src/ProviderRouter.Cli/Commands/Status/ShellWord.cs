namespace ProviderRouter.Cli.Commands.Status;

/// <summary>Words for a command line that is to be pasted into a shell.</summary>
internal static class ShellWord
{
    /// <summary>The text as it is where a shell leaves it alone, else in quotation marks.</summary>
    public static string From(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-+:@%,=".Contains(letter))
        ? text
        : OperatingSystem.IsWindows() ? $"\"{text}\"" : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
