namespace ProviderRouter.Cli.Output;

/// <summary>
/// Whether a stream gets colours: <see href="https://no-color.org">NO_COLOR</see> forbids them, else
/// <see href="https://bixense.com/clicolors/">CLICOLOR_FORCE</see> asks for them anywhere; else terminals alone get them.
/// </summary>
internal static class ColorChoice
{
    public static bool IsAllowed(bool isTerminal) =>
        Variable("NO_COLOR").Length == 0
        && (IsForced || (isTerminal && Variable("CLICOLOR") != "0" && Variable("TERM") != "dumb"));

    public static bool IsForced => Variable("CLICOLOR_FORCE") is not ("" or "0");

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
