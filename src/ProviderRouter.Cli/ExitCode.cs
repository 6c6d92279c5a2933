namespace ProviderRouter.Cli;

/// <summary>What the program's exit codes mean to a script.</summary>
internal static class ExitCode
{
    /// <summary>It was done.</summary>
    public const int Done = 0;

    /// <summary>It failed; one line on standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong, and nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
