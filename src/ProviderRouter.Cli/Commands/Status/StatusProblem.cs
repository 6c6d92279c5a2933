namespace ProviderRouter.Cli.Commands.Status;

/// <summary>Something that is wrong, and what to do about it, as <c>status --json</c> prints it.</summary>
/// <param name="Problem">A sentence or two.</param>
/// <param name="Advice">A command to type, where there is one; else a sentence.</param>
internal sealed record StatusProblem(string Problem, string Advice);
